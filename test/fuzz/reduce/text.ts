// A module in the text format.

import wabt from 'wabt'

const FEATURES = { tail_call: true, multi_memory: true, extended_const: true }

/** The text of a module, or the message of the tool that could not read it. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  const tools = await wabt()
  try {
    const module = tools.readWasm(bytes, FEATURES)
    module.generateNames()
    module.applyNames()
    const text = module.toText({ foldExprs: true })
    module.destroy()
    return text
  } catch (error) {
    return `;; ${error}\n`
  }
}
