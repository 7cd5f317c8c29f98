// A formatter of shell scripts (mvdan/sh): Go, by TinyGo's compiler or Go's, behind its wasm_exec.
export async function run() {
  const { parse, print } = await import('sh-syntax')
  const results = []
  for (const script of SCRIPTS) {
    try {
      results.push(await print(script, { filepath: 'a.sh', indent: 2 }))
      const tree = await parse(script, { filepath: 'a.sh' })
      results.push(JSON.stringify(tree).length, JSON.stringify(tree).slice(0, 400))
    } catch (error) {
      results.push([error.name, error.message])
    }
  }
  return results
}

const SCRIPTS = [
  `#!/bin/bash
${'for f in "$@";do if [[ -f $f&&! -d $f ]];then echo "$(basename $f)" | sed s/a/b/ >>out 2>&1 ||exit 1;fi;done\n'.repeat(30)}
case $x in a|b) echo 1;; *)echo 2;;esac # comment
f(){ local a=(1 2 3);echo $((a[0]+ 2**3)) <(ls) \`date\`;}
cat <<-EOF
	text $y
	EOF
`,
  'echo "unclosed',
  'if true; then',
  'a=$(b "$(c "$(d)")"); echo "\u00e9 \u6f22" && ! false &',
]
