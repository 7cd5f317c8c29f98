// Rigid bodies that fall: C++ with SIMD behind WebIDL.
import { digest } from '../../inputs.mjs'

export async function run() {
  const { default: start } = await import('jolt-physics/wasm-compat')
  const jolt = await start()
  const settings = new jolt.JoltSettings()
  const filter = new jolt.ObjectLayerPairFilterTable(2)
  filter.EnableCollision(0, 1)
  filter.EnableCollision(1, 1)
  const layers = new jolt.BroadPhaseLayerInterfaceTable(2, 2)
  layers.MapObjectToBroadPhaseLayer(0, new jolt.BroadPhaseLayer(0))
  layers.MapObjectToBroadPhaseLayer(1, new jolt.BroadPhaseLayer(1))
  settings.mObjectLayerPairFilter = filter
  settings.mBroadPhaseLayerInterface = layers
  settings.mObjectVsBroadPhaseLayerFilter = new jolt.ObjectVsBroadPhaseLayerFilterTable(layers, 2, filter, 2)
  const world = new jolt.JoltInterface(settings)
  const bodies = world.GetPhysicsSystem().GetBodyInterface()
  const add = (shape, [x, y, z], motion, layer) => {
    const made = new jolt.BodyCreationSettings(shape, new jolt.RVec3(x, y, z), new jolt.Quat(0, 0, 0, 1), motion, layer)
    const body = bodies.CreateBody(made)
    bodies.AddBody(body.GetID(), jolt.EActivation_Activate)
    return body
  }
  add(new jolt.BoxShape(new jolt.Vec3(20, 0.5, 20), 0.05), [0, -0.5, 0], jolt.EMotionType_Static, 0)
  const shapes = [
    new jolt.SphereShape(0.4),
    new jolt.BoxShape(new jolt.Vec3(0.4, 0.3, 0.5), 0.02),
    new jolt.CapsuleShape(0.4, 0.2),
  ]
  const all = Array.from({ length: 60 }, (_, i) => {
    return add(shapes[i % 3], [(i % 5) * 0.7, 2 + i * 0.6, (i % 4) * 0.6], jolt.EMotionType_Dynamic, 1)
  })
  const results = []
  for (let step = 1; step <= 180; step++) {
    world.Step(1 / 60, 1)
    if (step % 60) continue
    const places = all.map((body) => {
      const [at, turn] = [body.GetPosition(), body.GetRotation()]
      return [at.GetX(), at.GetY(), at.GetZ(), turn.GetX(), turn.GetY(), turn.GetZ(), turn.GetW()]
    })
    results.push(places[0], digest(JSON.stringify(places)))
  }
  jolt.destroy(world)
  return results
}
