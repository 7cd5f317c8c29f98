// Yoga, a flexbox layout in C++ with embind: a deep tree that is laid out for many widths.
import { digest } from '../../corpus/inputs.mjs'

export async function start() {
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
    if (depth === 0) node.setWidth(7.25 * (index + 1))
    else for (let i = 0; i < 4; i++) node.insertChild(make(depth - 1, i), i)
    return node
  }
  const root = make(6, 1)
  return () => {
    const boxes = []
    for (let width = 500; width < 505; width++) {
      root.calculateLayout(width + 0.5, undefined, width % 2 ? Direction.RTL : Direction.LTR)
      const { left, top, right, bottom } = root.getChild(3).getChild(2).getChild(1).getComputedLayout()
      boxes.push(left, top, right, bottom, root.getComputedHeight())
    }
    return digest(boxes.join())
  }
}
