// The page's script: `life` is the global variable that dist/life.js declares.
const { memory, step } = life.instantiate().exports
const cells = new Uint8Array(memory.buffer, 0, 64 * 64)
const canvas = document.getElementById('world').getContext('2d')
const image = canvas.createImageData(64, 64)

// A glider, and an R-pentomino that keeps the rest of the world busy.
for (const cell of [1, 66, 128, 129, 130, 2080, 2081, 2143, 2144, 2208]) cells[cell] = 1

function draw() {
  cells.forEach((alive, i) => {
    image.data[4 * i + 3] = alive * 255
  })
  canvas.putImageData(image, 0, 0)
}

function next() {
  step()
  draw()
  requestAnimationFrame(next)
}

draw()
requestAnimationFrame(next)
