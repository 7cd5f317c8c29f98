// Yoga, a flexbox layout in C++ with embind: a deep tree with percentages, wrapping and a measuring callback.
export async function run() {
  const { default: Yoga, Align, Direction, Edge, FlexDirection, Justify, Wrap } = await import('yoga-layout')
  const make = (depth, index) => {
    const node = Yoga.Node.create()
    node.setFlexDirection(depth % 2 ? FlexDirection.Row : FlexDirection.ColumnReverse)
    node.setJustifyContent(index % 2 ? Justify.SpaceAround : Justify.FlexEnd)
    node.setAlignItems(index % 3 ? Align.Stretch : Align.Center)
    node.setFlexWrap(index % 4 ? Wrap.NoWrap : Wrap.Wrap)
    node.setPadding(Edge.All, depth + index / 3)
    node.setMargin(Edge.Left, `${index}%`)
    node.setFlexGrow(index / 2)
    if (depth === 0) node.setMeasureFunc((width) => ({ width: width / (index + 2), height: 7.25 * index }))
    else for (let i = 0; i < 4; i++) node.insertChild(make(depth - 1, i), i)
    return node
  }
  const root = make(5, 1)
  root.calculateLayout(1000.5, undefined, Direction.RTL)
  const boxes = []
  const visit = (node) => {
    boxes.push(Object.values(node.getComputedLayout()).join(' '))
    for (let i = 0; i < node.getChildCount(); i++) visit(node.getChild(i))
  }
  visit(root)
  return boxes
}
