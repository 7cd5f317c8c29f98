;; What Hoot makes GC code of: tail calls, closures, continuations, bignums, rationals, strings, tables, records, exceptions.
(import (scheme base) (scheme write) (scheme inexact) (scheme char) (hoot hashtables))

(define (show . parts) (for-each display parts) (newline))

(define (even-steps? n) (if (= n 0) #t (odd-steps? (- n 1))))
(define (odd-steps? n) (if (= n 0) #f (even-steps? (- n 1))))

(define (fact n) (if (= n 0) 1 (* n (fact (- n 1)))))

(define-record-type point (make-point x y) point? (x point-x set-point-x!) (y point-y))

(define (walk tree visit)
  (cond ((null? tree) #f)
        ((pair? tree) (walk (car tree) visit) (walk (cdr tree) visit))
        (else (visit tree))))

;; The leaves of a tree one after the other, by continuations that are entered again.
(define (leaves tree)
  (define return #f)
  (define (next)
    (walk tree (lambda (leaf)
      (call/cc (lambda (rest) (set! next (lambda () (rest #f))) (return leaf)))))
    (return 'end))
  (lambda () (call/cc (lambda (caller) (set! return caller) (next)))))

(define (same-fringe? a b)
  (let ((left (leaves a)) (right (leaves b)))
    (let loop ((count 0))
      (let ((x (left)) (y (right)))
        (cond ((not (eqv? x y)) (list 'differ count)) ((eq? x 'end) count) (else (loop (+ count 1))))))))

(define (tree depth) (if (= depth 0) depth (list (tree (- depth 1)) depth (tree (- depth 1)))))

(define (sort items)
  (define (merge a b)
    (cond ((null? a) b) ((null? b) a)
          ((< (car b) (car a)) (cons (car b) (merge a (cdr b))))
          (else (cons (car a) (merge (cdr a) b)))))
  (define (split items a b) (if (null? items) (merge (sort a) (sort b)) (split (cdr items) (cons (car items) b) a)))
  (if (or (null? items) (null? (cdr items))) items (split items '() '())))

(define (random-list count)
  (let loop ((i 0) (x 12345) (made '()))
    (if (= i count) made (loop (+ i 1) (modulo (+ (* x 1103515245) 12345) 2147483648) (cons x made)))))

(define (caught thunk) (guard (e ((symbol? e) (list 'symbol e)) ((error-object? e) (list (quote error) (error-object-message e))) (#t (quote other))) (thunk)))

(show (even-steps? 300000) " " (fact 40) " " (/ (fact 20) (fact 17) 7) " " (inexact 22/7) " " (sqrt 2.0))
(let ((p (make-point 1 2))) (set-point-x! p "moved") (show (point-x p) (point-y p) (point? p) (point? 3)))
(show (call/cc (lambda (k) (for-each (lambda (x) (if (> x 3) (k x))) '(1 2 5 4)) 'none)))
(show (caught (lambda () (raise 'oops))) (caught (lambda () (vector-ref (vector 1 2 3) 7))) (caught (lambda () (car 5)))
      (caught (lambda () (error "no" 1 2))) (caught (lambda () (raise 42))))
(show (same-fringe? (tree 7) (tree 7)) " " (same-fringe? '(1 (2 3) 4) '((1 2) (4 3))))
(show (let ((s (sort (random-list 2000)))) (list (car s) (list-ref s 1000) (apply max s))))
(let ((table (make-hashtable)))
  (do ((i 0 (+ i 1))) ((= i 3000))
    (let ((key (string-append "k" (number->string (modulo (* i 7919) 503)))))
      (hashtable-set! table key (+ 1 (hashtable-ref table key 0)))))
  (show (hashtable-size table) " " (hashtable-ref table "k17" #f)))
(show (string-upcase "straße λ") (string-length "λx🙂") (string->list "a🙂b") (list->string (reverse (string->list "abc"))))
(show (exact (floor 1e18)) " " (expt 2 200) " " (quotient (expt 10 30) 7) " " (inexact (/ (expt 10 25) 3)))
(show (let-values (((q r) (floor/ -17 5))) (list q r)) (dynamic-wind (lambda () #f) (lambda () 'body) (lambda () #f)))
(let ((port (open-output-string))) (write '(a "b\n" #\c 1.5 #(1 2) . d) port) (show (get-output-string port)))
(define parameter (make-parameter 1))
(show (parameterize ((parameter 2)) (parameter)) (parameter))
(flush-output-port)
