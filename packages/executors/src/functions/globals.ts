/**
 * What every worker has under these names. Names that a program has added to its `globalThis` are
 * not here: its workers don't have them.
 */
export const GLOBALS: ReadonlySet<string> = new Set(
  [
    'globalThis undefined NaN Infinity isNaN isFinite parseInt parseFloat',
    'encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape',
    'Object Function Boolean Symbol Number BigInt Math Date String RegExp Array Map Set WeakMap WeakSet',
    'WeakRef FinalizationRegistry Promise Proxy Reflect JSON Intl Atomics Iterator Temporal',
    'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array',
    'Float32Array Float64Array BigInt64Array BigUint64Array ArrayBuffer SharedArrayBuffer DataView',
    'Error EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError',
    'SuppressedError DisposableStack AsyncDisposableStack DOMException WebAssembly',
    'console process Buffer global setTimeout clearTimeout setInterval clearInterval setImmediate',
    'clearImmediate queueMicrotask structuredClone atob btoa performance navigator crypto fetch',
    'URL URLSearchParams URLPattern TextEncoder TextDecoder AbortController AbortSignal',
    'Event EventTarget CustomEvent ErrorEvent CloseEvent MessageEvent MessageChannel MessagePort',
    'BroadcastChannel WebSocket EventSource Blob File FormData Headers Request Response',
    'ReadableStream WritableStream TransformStream CompressionStream DecompressionStream',
    'TextEncoderStream TextDecoderStream ByteLengthQueuingStrategy CountQueuingStrategy',
    'Crypto CryptoKey SubtleCrypto PerformanceObserver',
  ].flatMap((line) => line.split(' ')),
)
