// The page's script: `initSqlJs` is what the loader of sql.js declares.
import './without.js'
import './node_modules/nowasm/dist/install.js' // `nowasm/aot/install`, where a bundler finds it by name
import './dist/sqlite.mjs'

const SQL = await initSqlJs({ locateFile: () => 'dist/sqlite.stub.wasm' })
const [sql, run, result] = ['sql', 'run', 'result'].map((id) => document.getElementById(id))

const table = ({ columns, values }) => [columns, ...values].map((row) => row.join(' | ')).join('\n')

function show() {
  const db = new SQL.Database()
  try {
    result.textContent = db.exec(sql.value).map(table).join('\n\n')
  } catch (error) {
    result.textContent = error.message
  }
  db.close()
}

run.onclick = show
show()
