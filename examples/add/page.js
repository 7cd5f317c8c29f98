// The page's script: `add` is the global variable that dist/add.js declares.
const { exports } = add.instantiate()
const [a, b, sum] = ['a', 'b', 'sum'].map((id) => document.getElementById(id))

function show() {
  sum.value = exports.add(a.valueAsNumber, b.valueAsNumber)
}

a.oninput = b.oninput = show
show()
