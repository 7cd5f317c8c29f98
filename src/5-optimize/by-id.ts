// Numbers by the ids of registers, 0 for most. A part of a function has few of its registers: an array of all ids for each part
// would take space and time that grow with the square of the function. Arrays of JavaScript: most functions are small, and engines
// make a small typed array outside of their heap, which takes several times as long.

/** Ids to a page, as a power of two. */
const PAGE = 5
const IN_PAGE = (1 << PAGE) - 1

export class ById {
  /** By the upper bits of an id: where its page is; at 0 there is one that stays as it is, all 0. */
  readonly #pages: number[]
  readonly #numbers: number[]
  #end = 1 << PAGE

  /** @param count ids are below */
  constructor(count: number) {
    this.#pages = new Array((count >>> PAGE) + 1).fill(0)
    this.#numbers = new Array(Math.min(this.#pages.length + 1, 8) << PAGE).fill(0)
  }

  get(id: number): number {
    return this.#numbers[this.#pages[id >>> PAGE]! + (id & IN_PAGE)]!
  }

  set(id: number, value: number): void {
    // In this order: a page more may make the numbers another array.
    const page = this.#pages[id >>> PAGE]! || this.#add(id >>> PAGE)
    this.#numbers[page + (id & IN_PAGE)] = value
  }

  #add(number: number): number {
    const page = this.#end
    this.#end += 1 << PAGE
    while (this.#numbers.length < this.#end) this.#numbers.push(0)
    this.#pages[number] = page
    return page
  }
}
