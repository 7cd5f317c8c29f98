// Prisma's schemas: a parser in Rust behind wasm-bindgen, text in and text out, and its complaints.
import { createRequire } from 'node:module'
import { digest } from '../../inputs.mjs'

export async function run() {
  const prisma = createRequire(import.meta.url)('@prisma/prisma-schema-wasm')
  const results = []
  for (const schema of [SCHEMA, BROKEN, 'model {', '']) {
    const files = JSON.stringify({ prismaSchema: [['schema.prisma', schema]], noColor: true })
    const options = JSON.stringify({
      textDocument: { uri: 'file:/schema.prisma' },
      options: { tabSize: 2, insertSpaces: true },
    })
    for (const task of [
      () => prisma.format(JSON.stringify([['file:/schema.prisma', schema]]), options),
      () => prisma.get_dmmf(files),
      () => prisma.validate(files),
      () => prisma.lint(JSON.stringify([['schema.prisma', schema]])),
      () => prisma.native_types(schema),
      () => prisma.referential_actions(schema),
      () => prisma.get_config(files),
    ]) {
      try {
        const text = String(task())
        results.push(text.length > 300 ? [text.length, digest(text)] : text)
      } catch (error) {
        results.push(String(error.message ?? error).slice(0, 2000))
      }
    }
  }
  return [results, prisma.preview_features()]
}

const SCHEMA = `datasource db {
  provider = "postgresql"
}
generator client {
 provider = "prisma-client-js"
}
enum Role {
  USER
  ADMIN
}
${Array.from(
  { length: 25 },
  (_, i) => `model M${i} {
 id Int @id @default(autoincrement())
 name String @unique @db.VarChar(${i + 5})
  role Role @default(USER)
 at DateTime @default(now())
 price Decimal?
 other M${i}? @relation("r${i}", fields: [otherId], references: [id])
 otherId Int?
 back M${i}[] @relation("r${i}")
 @@index([name, at(sort: Desc)])
}`,
).join('\n')}`

const BROKEN = SCHEMA.replace('M3? @relation', 'Nothing? @relation').replace('@db.VarChar(9)', '@db.Nonsense(1)')
