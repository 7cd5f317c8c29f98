// Numbers by the ids of registers, 0 for most. A part of a function has few of its registers: an array of all ids for each part
// would take space and time that grow with the square of the function.

/** Ids to a page, as a power of two. */
const PAGE = 6
const IN_PAGE = (1 << PAGE) - 1

export class ById {
  /** By the upper bits of an id: where its page is; at 0 there is one that stays as it is, all 0. */
  readonly #pages: Int32Array
  #numbers: Int32Array
  #end = 1 << PAGE

  /** @param count ids are below */
  constructor(count: number) {
    this.#pages = new Int32Array((count >>> PAGE) + 1)
    this.#numbers = new Int32Array(Math.min(this.#pages.length + 1, 8) << PAGE)
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
    if (this.#end > this.#numbers.length) {
      const longer = new Int32Array(2 * this.#numbers.length)
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    this.#pages[number] = page
    return page
  }
}
