// SWI-Prolog: C with setjmp, big integers, and answers that are asked for one by one.
export async function run() {
  const { default: start } = await import('swipl-wasm')
  const prolog = (await start({ arguments: ['-q'] })).prolog
  prolog.load_string(PROGRAM)
  const results = []
  for (const query of QUERIES) {
    try {
      const found = []
      for (const answer of prolog.query(query)) if (found.push(answer) >= 5) break
      results.push(JSON.stringify(found, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)))
    } catch (error) {
      results.push(String(error.message ?? error))
    }
  }
  return results
}

const PROGRAM = String.raw`
queens(N, Qs) :- numlist(1, N, Ns), permutation(Ns, Qs), safe(Qs).
safe([]). safe([Q|Qs]) :- no_attack(Q, Qs, 1), safe(Qs).
no_attack(_, [], _). no_attack(Q, [Q1|Qs], D) :- Q =\= Q1 + D, Q =\= Q1 - D, D1 is D + 1, no_attack(Q, Qs, D1).
nrev([], []). nrev([H|T], R) :- nrev(T, RT), append(RT, [H], R).
greeting --> [hello], name. name --> [world]. name --> [prolog].
`

const QUERIES = [
  'queens(6, Qs)',
  'numlist(1, 300, L), nrev(L, R), nth0(0, R, X)',
  'X is 2 ** 200 mod (10 ** 18 + 9), Y is 7 rdiv 21, Z is sqrt(2) + atan2(1.0, 3)',
  'phrase(greeting, X)',
  'catch(atom_length(_, _), error(E, _), true)',
  'catch(call_with_depth_limit(nrev([1, 2], _), 1, R), E, true)',
  'forall(between(1, 200, I), catch(throw(ball(I)), ball(_), true)), X = done',
  'findall(X-Y, (member(X, [b, a, c]), member(Y, [2, 1])), L), msort(L, S), length(S, N)',
  'sub_atom(hello, B, 2, A, S)',
  'format(atom(A), "~a ~d ~2f ~e ~q", [x, 1234567, 3.14159, 2.5, \'it s\'])',
  'string_codes(S, [0\'a, 0x1F600]), string_length(S, N), split_string("a,b,,c", ",", "", P)',
  'undefined_predicate(1)',
  'assertz(counter(0)), repeat, retract(counter(N)), N1 is N + 1, assertz(counter(N1)), N1 >= 500, !',
  'use_module(library(clpfd)), X in 1..20, X * X #= 144, Y #> X, Y #< 15, label([X, Y])',
]
