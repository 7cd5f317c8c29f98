// web-ifc, which reads building models in C++, with SIMD and exceptions (legacy ones): walls with openings cut out, and
// what a model says about itself.
import { digest } from '../inputs.mjs'

export async function run() {
  const { IfcAPI, IFCWALL, IFCPROPERTYSINGLEVALUE } = (await import('web-ifc')).default
  const api = new IfcAPI()
  await api.Init()
  api.SetLogLevel(6)
  const id = api.OpenModel(new TextEncoder().encode(model(24)), { COORDINATE_TO_ORIGIN: false })
  const meshes = []
  api.StreamAllMeshes(id, (mesh) => {
    for (let i = 0; i < mesh.geometries.size(); i++) {
      const placed = mesh.geometries.get(i)
      const geometry = api.GetGeometry(id, placed.geometryExpressID)
      const vertices = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize())
      const indices = api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize())
      meshes.push([mesh.expressID, vertices.length, indices.length, digest(vertices), digest(indices)])
      meshes.push(placed.flatTransformation.map((x) => x.toFixed(9)).join(' '))
    }
  })
  const walls = api.GetLineIDsWithType(id, IFCWALL)
  const lines = Array.from({ length: walls.size() }, (_, i) => JSON.stringify(api.GetLine(id, walls.get(i), i < 2)))
  const properties = api.GetLineIDsWithType(id, IFCPROPERTYSINGLEVALUE).size()
  const saved = api.SaveModel(id)
  const schema = api.GetModelSchema(id)
  api.CloseModel(id)
  const broken = api.OpenModel(new TextEncoder().encode(model(2).replaceAll('IFCRECTANGLEPROFILEDEF', 'IFCNOTHING')))
  api.StreamAllMeshes(broken, (mesh) => meshes.push(mesh.expressID))
  return { meshes, lines, properties, saved: [saved.length, digest(saved)], schema }
}

/** A model in STEP: walls that turn, each with an opening in it. */
function model(count) {
  const lines = []
  const add = (text) => lines.push(`#${lines.length + 1}=${text};`) && `#${lines.length}`
  const list = (...numbers) => `(${numbers.map((x) => (Number.isInteger(x) ? `${x}.` : String(x))).join(',')})`
  const point = (...numbers) => add(`IFCCARTESIANPOINT(${list(...numbers)})`)
  const direction = (...numbers) => add(`IFCDIRECTION(${list(...numbers)})`)
  const up = direction(0, 0, 1)
  const axes = (x, y, z, angle) =>
    add(`IFCAXIS2PLACEMENT3D(${point(x, y, z)},${up},${direction(Math.cos(angle), Math.sin(angle), 0)})`)
  const place = (parent, ...at) => add(`IFCLOCALPLACEMENT(${parent},${axes(...at)})`)
  const context = add(`IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,${axes(0, 0, 0, 0)},$)`)
  const units = add(`IFCUNITASSIGNMENT((${add('IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)')}))`)
  add(`IFCPROJECT('0000000000000000000001',$,'p',$,$,$,$,(${context}),${units})`)
  const box = (width, depth, height) => {
    const at = add(`IFCAXIS2PLACEMENT2D(${point(0, 0)},${direction(1, 0)})`)
    const profile = add(`IFCRECTANGLEPROFILEDEF(.AREA.,$,${at},${width},${depth})`)
    const solid = add(`IFCEXTRUDEDAREASOLID(${profile},${axes(0, 0, 0, 0)},${up},${height})`)
    const shape = add(`IFCSHAPEREPRESENTATION(${context},'Body','SweptSolid',(${solid}))`)
    return add(`IFCPRODUCTDEFINITIONSHAPE($,$,(${shape}))`)
  }
  const guid = () => `'${String(lines.length).padStart(22, '0')}'`
  for (let i = 0; i < count; i++) {
    const placement = place('$', i * 1.5, i % 5, 0.25 * (i % 3), i / 7)
    const wall = add(`IFCWALL(${guid()},$,'wall ${i}',$,$,${placement},${box(4.5, 0.3, 3.25)},$,$)`)
    const hole = place(placement, (i % 4) / 4, 0, 0.75, i % 2 ? 0 : 0.125)
    const opening = add(`IFCOPENINGELEMENT(${guid()},$,'o',$,$,${hole},${box(1.25, 0.75, 1.5)},$,$)`)
    add(`IFCRELVOIDSELEMENT(${guid()},$,$,$,${wall},${opening})`)
    const property = add(`IFCPROPERTYSINGLEVALUE('n ${i}',$,IFCLABEL('\\X2\\03BB\\X0\\ ${i}'),$)`)
    const set = add(`IFCPROPERTYSET(${guid()},$,'s',$,(${property}))`)
    add(`IFCRELDEFINESBYPROPERTIES(${guid()},$,$,$,(${wall}),${set})`)
  }
  const header = `HEADER;FILE_DESCRIPTION((''),'2;1');FILE_NAME('','',(''),(''),'','','');FILE_SCHEMA(('IFC4'));ENDSEC;`
  return `ISO-10303-21;\n${header}\nDATA;\n${lines.join('\n')}\nENDSEC;\nEND-ISO-10303-21;\n`
}
