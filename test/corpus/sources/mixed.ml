(* What wasm_of_ocaml makes GC code of: closures, variants, records, exceptions, maps, tables, boxed integers, effects. *)

type expr = Num of float | Var of string | Bin of char * expr * expr | Let of string * expr * expr | Call of string * expr list

exception Unbound of string

module Names = Map.Make (String)

let rec eval env = function
  | Num x -> x
  | Var name -> ( match Names.find_opt name env with Some x -> x | None -> raise (Unbound name))
  | Bin (op, a, b) -> (
      let x = eval env a and y = eval env b in
      match op with '+' -> x +. y | '-' -> x -. y | '*' -> x *. y | '/' -> x /. y | _ -> Float.pow x y)
  | Let (name, value, body) -> eval (Names.add name (eval env value) env) body
  | Call ("max", args) -> List.fold_left (fun most arg -> Float.max most (eval env arg)) neg_infinity args
  | Call (name, _) -> raise (Unbound name)

let rec build depth = if depth = 0 then Var (String.make 1 (Char.chr (97 + (depth mod 3))))
  else Let (String.make 1 (Char.chr (97 + (depth mod 3))), Num (float depth /. 3.), Bin ("+-*/^".[depth mod 4], build (depth - 1), Var (String.make 1 (Char.chr (97 + (depth mod 3))))))

let rec show = function
  | Num x -> Printf.sprintf "%h" x
  | Var name -> name
  | Bin (op, a, b) -> Printf.sprintf "(%s %c %s)" (show a) op (show b)
  | Let (name, value, body) -> Printf.sprintf "let %s=%s in %s" name (show value) (show body)
  | Call (name, args) -> name ^ "(" ^ String.concat "," (List.map show args) ^ ")"

let sieve limit =
  let composite = Bytes.make (limit + 1) '\000' in
  let count = ref 0 in
  for i = 2 to limit do
    if Bytes.get composite i = '\000' then begin
      incr count;
      let j = ref (i * i) in
      while !j <= limit do Bytes.set composite !j '\001'; j := !j + i done
    end
  done;
  !count

type _ Effect.t += Ask : int -> int Effect.t

let asked () =
  let open Effect.Deep in
  match_with (fun () -> List.fold_left (fun sum i -> sum + Effect.perform (Ask i)) 0 (List.init 50 Fun.id)) ()
    { retc = (fun sum -> sum); exnc = raise;
      effc = (fun (type a) (asked : a Effect.t) -> match asked with
        | Ask n -> Some (fun (k : (a, _) continuation) -> continue k (n * n))
        | _ -> None) }

class virtual shape = object (self) method virtual area : float method describe = Printf.sprintf "%.6g" self#area end
class circle r = object inherit shape method area = 4. *. atan 1. *. r *. r end
class square a = object inherit shape method area = a *. a end

let () =
  Printf.printf "%s\n%.17g\n" (show (build 5)) (eval Names.empty (build 12));
  (try ignore (eval Names.empty (Call ("f", []))) with Unbound name -> Printf.printf "unbound %s\n" name);
  (try ignore (List.nth [ 1; 2 ] 7) with Failure reason -> print_endline reason);
  (try ignore (Array.make 3 0).(Sys.opaque_identity 3) with Invalid_argument reason -> print_endline reason);
  (try ignore (1 / Sys.opaque_identity 0) with Division_by_zero -> print_endline "division by zero");
  let rec deep n = if n = 0 then 0 else 1 + deep (n - 1) in
  Printf.printf "%d %d\n" (deep 5000) (sieve 30_000);
  let table = Hashtbl.create 16 in
  for i = 0 to 20_000 do
    let key = Printf.sprintf "key%d" (i * 7919 mod 5003) in
    Hashtbl.replace table key (1 + Option.value ~default:0 (Hashtbl.find_opt table key))
  done;
  let sum = Hashtbl.fold (fun key n sum -> (sum + (n * Hashtbl.hash key)) land 0xffffff) table 0 in
  Printf.printf "%d %d\n" (Hashtbl.length table) sum;
  let x = ref 0x9e3779b97f4a7c15L in
  for i = 1 to 20_000 do
    x := Int64.logxor (Int64.mul !x 6364136223846793005L) (Int64.shift_right_logical !x (i land 31))
  done;
  Printf.printf "%Lx %ld %nd %d\n" !x (Int32.mul 123456789l 987654321l) (Nativeint.of_int max_int) max_int;
  let sorted = List.sort compare (List.init 5000 (fun i -> (i * 7919 mod 1009, string_of_int i))) in
  print_endline (Digest.to_hex (Digest.string (String.concat ";" (List.map (fun (n, text) -> string_of_int n ^ text) sorted))));
  List.iter (fun (shape : shape) -> print_endline shape#describe) [ new circle 1.5; new square 2.5 ];
  Printf.printf "%d\n" (asked ());
  let lines = Buffer.create 16 in
  Seq.iter (fun i -> Buffer.add_string lines (string_of_float (sqrt (float i)))) (Seq.take 500 (Seq.ints 0));
  print_endline (Digest.to_hex (Digest.string (Buffer.contents lines)));
  let floats = Array.init 1000 (fun i -> sin (float i)) in
  Array.sort compare floats;
  Printf.printf "%.17g %.17g %s\n" floats.(0) floats.(500) (Marshal.to_string floats.(7) [] |> Digest.string |> Digest.to_hex);
  Gc.full_major ();
  exit (if Weak.length (Weak.create 3) = 3 then 0 else 1)
