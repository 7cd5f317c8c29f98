// node serve.mjs [PORT], after build.mjs
import { createServer } from 'node:http'
import { answer } from './site.mjs'

const server = createServer(answer)
server.listen(Number(process.argv[2] ?? 8080), 'localhost', () => {
  console.log(`http://localhost:${server.address().port}`)
})
