// gofmt: Go by TinyGo.
import { digest } from '../../inputs.mjs'

export async function run() {
  const { format } = await import('@wasm-fmt/gofmt')
  return SOURCES.map((source) => {
    try {
      const text = format(source)
      return [text.length, digest(text), text.slice(0, 300)]
    } catch (error) {
      return String(error.message ?? error)
    }
  })
}

const SOURCES = [
  'package main\nimport("fmt";"os")\nfunc main(){fmt.Println("Hello, 世界",os.Args[1:])}',
  `package p
${Array.from(
  { length: 200 },
  (_, i) => `type T${i}[K comparable,V any] struct{a,b int;c map[K]*V \`json:"c"\`}
// method
func(t *T${i}[K,V])M(x ...interface{})(n int,err error){for i:=0;i<10;i++{switch y:=x[0].(type){case int,string:n+=i<<2;default:_=y}};defer func(){recover()}();go t.M();select{};return}`,
).join('\n')}`,
  'package p; func {',
  "package p; var x = 0x1p-2 + 1_000i + '\\u00e9'; const (a=iota;b)",
]
