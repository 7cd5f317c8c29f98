// Sound to MP3 (LAME) and Ogg, and MP3 back to sound (mpg123), whose module is text in yEnc in its loader, and compressed in that.
import { digest } from '../../inputs.mjs'

export async function run() {
  const { createMp3Encoder, createOggEncoder } = await import('wasm-media-encoders')
  const { MPEGDecoder } = await import('mpg123-decoder')
  const results = []
  const files = []
  for (const [create, settings] of [
    [createMp3Encoder, { bitrate: 128 }],
    [createMp3Encoder, { vbrQuality: 4 }],
    [createOggEncoder, { vbrQuality: 3 }],
  ]) {
    const encoder = await create()
    encoder.configure({ sampleRate: 44100, channels: 2, ...settings })
    const parts = []
    for (let i = 0; i < 20; i++) parts.push(encoder.encode([sound(i, 220), sound(i, 331)]).slice())
    parts.push(encoder.finalize().slice())
    const file = Buffer.concat(parts)
    // An Ogg stream has a number of its own in each page, which is chosen by chance.
    results.push(file.length, create === createOggEncoder ? '' : digest(file))
    files.push(file)
  }
  const decoder = new MPEGDecoder()
  await decoder.ready
  for (const file of files.slice(0, 2)) {
    const { channelData, samplesDecoded, sampleRate, errors } = decoder.decode(new Uint8Array(file))
    results.push(
      samplesDecoded,
      sampleRate,
      errors.length,
      channelData.map((samples) => digest(samples)),
    )
    await decoder.reset()
  }
  decoder.free()
  return results
}

const sound = (part, pitch) =>
  Float32Array.from({ length: 2048 }, (_, i) => {
    const at = (part * 2048 + i) / 44100
    return 0.4 * Math.sin(2 * Math.PI * pitch * at) + 0.2 * Math.sin(2 * Math.PI * pitch * 2.7 * at * at)
  })
