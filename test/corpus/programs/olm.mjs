// Olm, the Matrix ratchet: two accounts, a session, a conversation, a group session, pickles.
import { randomBytes, seedCrypto, text } from '../inputs.mjs'

export async function run() {
  seedCrypto()
  const { default: Olm } = await import('@matrix-org/olm')
  await Olm.init()
  const [alice, bob] = [new Olm.Account(), new Olm.Account()]
  for (const account of [alice, bob]) account.create()
  bob.generate_one_time_keys(3)
  const keys = [alice, bob].map((account) => JSON.parse(account.identity_keys()))
  const [oneTime] = Object.values(JSON.parse(bob.one_time_keys()).curve25519)
  const here = new Olm.Session()
  here.create_outbound(alice, keys[1].curve25519, oneTime)
  const first = here.encrypt('hello')
  const there = new Olm.Session()
  there.create_inbound(bob, first.body)
  const talk = [there.decrypt(first.type, first.body)]
  for (let i = 0; i < 20; i++) {
    const [from, to] = i % 2 ? [here, there] : [there, here]
    const { type, body } = from.encrypt(text(100 * i))
    talk.push([type, body.slice(-12), to.decrypt(type, body).length])
  }
  return {
    keys,
    talk,
    id: here.session_id() === there.session_id(),
    pickle: alice.pickle('key').slice(0, 60),
    signature: alice.sign('signed'),
    group: group(Olm),
    error: errorOf(() => here.decrypt(1, 'nonsense')),
  }
}

function group(Olm) {
  const outbound = new Olm.OutboundGroupSession()
  outbound.create()
  const inbound = new Olm.InboundGroupSession()
  inbound.create(outbound.session_key())
  return Array.from({ length: 30 }, (_, i) => inbound.decrypt(outbound.encrypt(`${i} ${randomBytes(9, i)}`)))
}

function errorOf(action) {
  try {
    return action()
  } catch (error) {
    return String(error)
  }
}
