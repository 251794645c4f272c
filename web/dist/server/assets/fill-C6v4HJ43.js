import { A as Link, B as useQueryClient, C as clockText, D as useWords, E as useLanguage, F as sendJson, H as require_react, I as serverNow, L as Unreached, M as useRead, N as actKey, O as Button, R as isCode, S as dictionary, U as __toESM, V as require_jsx_runtime, _ as Failure, a as looksMasked, b as ACT_WORDS, d as field_module_default, f as Sheet, g as NothingHere, h as useMe, i as isSensitiveColumn, j as useParams, k as buttonClass, l as FieldFrame, m as takeAnswer, n as filled, o as ASSIGNMENT_WORDS, p as sendOrder, r as isSensitive, s as AreaField, t as shownText, u as inputClass, v as Notice, w as whenText, x as counted, y as Skeleton, z as API } from "../server.js";
// node_modules/@marcbachmann/cel-js/lib/errors.js
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var CelError = class extends Error {
	#node;
	#code;
	#range;
	#summary;
	constructor({ name, code, message, node, cause, range }) {
		super(message, cause ? { cause } : void 0);
		this.name = name;
		this.#code = code;
		this.#summary = message;
		this.#node = node;
		this.#range = range && normalizeRange(range) || normalizeRange(node);
		if (!node?.input) return;
		this.message = formatErrorWithHighlight(this.#summary, node, this.#range);
	}
	get node() {
		return this.#node;
	}
	get code() {
		return this.#code;
	}
	get range() {
		return this.#range;
	}
	get summary() {
		return this.#summary;
	}
	withAst(node) {
		if (this.#node || !node?.input) return this;
		this.#node = node;
		this.#range ??= normalizeRange(node);
		this.message = formatErrorWithHighlight(this.#summary, node, this.#range);
		return this;
	}
};
function normalizeArgs(name, defaultCode, message, node, cause) {
	if (typeof message === "string") return {
		name,
		code: defaultCode,
		message,
		node,
		cause
	};
	const opts = message;
	if (typeof opts !== "object") throw new Error("First param to error must be a string or object");
	return {
		name,
		code: opts.code || defaultCode,
		message: opts.message,
		node: opts.node,
		cause: opts.cause,
		range: opts.range
	};
}
var ParseError = class extends CelError {
	constructor(message, node, cause) {
		super(normalizeArgs("ParseError", "parse_error", message, node, cause));
	}
};
var EvaluationError = class extends CelError {
	constructor(message, node, cause) {
		super(normalizeArgs("EvaluationError", "evaluation_error", message, node, cause));
	}
};
var TypeError$1 = class extends CelError {
	constructor(message, node, cause) {
		super(normalizeArgs("TypeError", "type_error", message, node, cause));
	}
};
function parseError(code, message, node) {
	if (typeof code === "object") return new ParseError(code);
	return new ParseError({
		code,
		message,
		node
	});
}
function evaluationError(code, message, node) {
	if (typeof code === "object") return new EvaluationError(code);
	return new EvaluationError({
		code,
		message,
		node
	});
}
function typeError(code, message, node) {
	if (typeof code === "object") return new TypeError$1(code);
	return new TypeError$1({
		code,
		message,
		node
	});
}
function normalizeRange(node) {
	const start = node?.pos ?? node?.start;
	if (typeof start !== "number") return;
	return {
		start,
		end: typeof node.end === "number" ? node.end : start
	};
}
function formatErrorWithHighlight(message, node, range) {
	const pos = node.pos ?? range?.start;
	if (typeof pos !== "number") return message;
	const input = node.input;
	let lineNum = 1;
	let currentPos = 0;
	let columnNum = 0;
	while (currentPos < pos) {
		if (input[currentPos] === "\n") {
			lineNum++;
			columnNum = 0;
		} else columnNum++;
		currentPos++;
	}
	let contextStart = pos;
	let contextEnd = pos;
	while (contextStart > 0 && input[contextStart - 1] !== "\n") contextStart--;
	while (contextEnd < input.length && input[contextEnd] !== "\n") contextEnd++;
	const line = input.slice(contextStart, contextEnd);
	return `${message}\n\n${`> ${`${lineNum}`.padStart(4, " ")} | ${line}\n${" ".repeat(9 + columnNum)}^`}`;
}
function attachErrorAst(error, node) {
	if (error instanceof CelError) return error.withAst(node);
	return error;
}
// node_modules/@marcbachmann/cel-js/lib/optional.js
var Optional = class Optional {
	#value;
	constructor(value) {
		this.#value = value;
	}
	static of(value) {
		if (value === void 0) return OPTIONAL_NONE;
		return new Optional(value);
	}
	static none() {
		return OPTIONAL_NONE;
	}
	hasValue() {
		return this.#value !== void 0;
	}
	value() {
		if (this.#value === void 0) throw evaluationError("optional_value_missing", "Optional value is not present");
		return this.#value;
	}
	or(optional) {
		if (this.#value !== void 0) return this;
		if (optional instanceof Optional) return optional;
		throw evaluationError("invalid_optional_argument", "Optional.or must be called with an Optional argument");
	}
	orValue(defaultValue) {
		return this.#value === void 0 ? defaultValue : this.#value;
	}
	get [Symbol.toStringTag]() {
		return "optional";
	}
	[Symbol.for("nodejs.util.inspect.custom")]() {
		return this.#value === void 0 ? `Optional { none }` : `Optional { value: ${JSON.stringify(this.#value)} }`;
	}
};
var OPTIONAL_NONE = Object.freeze(new Optional());
var OptionalNamespace = class {};
var optionalNamespace = new OptionalNamespace();
function toggleOptionalTypes(registry, enable) {
	const optionalConstant = enable ? optionalNamespace : void 0;
	registry.deleteVariable("optional");
	registry.registerConstant("optional", "OptionalNamespace", optionalConstant);
}
function register(registry) {
	const sync = { async: false };
	const functionOverload = (sig, handler) => registry.registerFunctionOverload(sig, handler, sync);
	const optionalConstant = registry.enableOptionalTypes ? optionalNamespace : void 0;
	registry.registerType("OptionalNamespace", OptionalNamespace);
	registry.registerConstant("optional", "OptionalNamespace", optionalConstant);
	functionOverload("optional.hasValue(): bool", (v) => v.hasValue());
	functionOverload("optional<A>.value(): A", (v) => v.value());
	registry.registerFunctionOverload("OptionalNamespace.none(): optional<T>", () => Optional.none());
	functionOverload("OptionalNamespace.of(A): optional<A>", (_, value) => Optional.of(value));
	function ensureOptional(value, ast, description) {
		if (value instanceof Optional) return value;
		throw evaluationError("optional_expected", `${description} must be optional`, ast);
	}
	function evaluateOptional(ev, macro, ctx) {
		const v = ev.run(macro.receiver, ctx);
		if (v instanceof Promise) return v.then((_v) => handleOptionalResolved(_v, ev, macro, ctx));
		return handleOptionalResolved(v, ev, macro, ctx);
	}
	function handleOptionalResolved(value, ev, macro, ctx) {
		const optional = ensureOptional(value, macro.receiver, `${macro.functionDesc} receiver`);
		if (optional.hasValue()) return macro.onHasValue(optional);
		return macro.onEmpty(ev, macro, ctx);
	}
	function ensureOptionalType(checker, node, ctx, description) {
		const type = checker.check(node, ctx);
		if (type.kind === "optional") return type;
		if (type.kind === "dyn") return checker.getType("optional");
		throw checker.createError("optional_expected", `${description} must be optional, got '${type}'`, node);
	}
	function createOptionalMacro({ functionDesc, evaluate, typeCheck, onHasValue, onEmpty }) {
		return ({ ast, args, receiver }) => ({
			ast,
			functionDesc,
			receiver,
			arg: args[0],
			evaluate,
			typeCheck,
			onHasValue,
			onEmpty
		});
	}
	const invalidOrValueReceiver = "optional.orValue() receiver";
	const invalidOrReceiver = "optional.or(optional) receiver";
	const invalidOrArg = "optional.or(optional) argument";
	registry.registerFunctionOverload("optional.or(ast): optional<dyn>", createOptionalMacro({
		functionDesc: "optional.or(optional)",
		evaluate: evaluateOptional,
		typeCheck(check, macro, ctx) {
			const l = ensureOptionalType(check, macro.receiver, ctx, invalidOrReceiver);
			const r = ensureOptionalType(check, macro.arg, ctx, invalidOrArg);
			if (!(macro.receiver.maybeAsync || macro.arg.maybeAsync)) macro.ast.setMeta("async", false);
			const unified = l.unify(check.registry, r);
			if (unified) return unified;
			throw check.createError("incompatible_argument_type", `${macro.functionDesc} argument must be compatible type, got '${l}' and '${r}'`, macro.arg);
		},
		onHasValue: (optional) => optional,
		onEmpty(ev, macro, ctx) {
			const ast = macro.arg;
			const v = ev.run(ast, ctx);
			if (v instanceof Promise) return v.then((_v) => ensureOptional(_v, ast, invalidOrArg));
			return ensureOptional(v, ast, invalidOrArg);
		}
	}));
	registry.registerFunctionOverload("optional.orValue(ast): dyn", createOptionalMacro({
		functionDesc: "optional.orValue(value)",
		onHasValue: (optionalValue) => optionalValue.value(),
		onEmpty(ev, macro, ctx) {
			return ev.run(macro.arg, ctx);
		},
		evaluate: evaluateOptional,
		typeCheck(check, macro, ctx) {
			const l = ensureOptionalType(check, macro.receiver, ctx, invalidOrValueReceiver).valueType;
			const r = check.check(macro.arg, ctx);
			if (!(macro.receiver.maybeAsync || macro.arg.maybeAsync)) macro.ast.setMeta("async", false);
			const unified = l.unify(check.registry, r);
			if (unified) return unified;
			throw check.createError("incompatible_argument_type", `${macro.functionDesc} argument must be compatible type, got '${l}' and '${r}'`, macro.arg);
		}
	}));
}
// node_modules/@marcbachmann/cel-js/lib/globals.js
var hasOwn = Object.hasOwn;
var objKeys = Object.keys;
var objFreeze = Object.freeze;
var objEntries = Object.entries;
var isArray = Array.isArray;
var arrayFrom = Array.from;
function isAsync(fn, fallback) {
	if (fn?.[Symbol.toStringTag] === "AsyncFunction") return true;
	return typeof fallback === "boolean" ? fallback : true;
}
var RESERVED = /* @__PURE__ */ new Set([
	"as",
	"break",
	"const",
	"continue",
	"else",
	"for",
	"function",
	"if",
	"import",
	"let",
	"loop",
	"package",
	"namespace",
	"return",
	"var",
	"void",
	"while",
	"__proto__",
	"prototype"
]);
// node_modules/@marcbachmann/cel-js/lib/functions.js
var UnsignedInt = class {
	#value;
	constructor(value) {
		this.verify(typeof value === "bigint" ? value : BigInt(value));
	}
	get value() {
		return this.#value;
	}
	valueOf() {
		return this.#value;
	}
	toString() {
		return `${this.#value}`;
	}
	verify(v) {
		if (v < 0n || v > 18446744073709551615n) throw evaluationError("numeric_overflow", "Unsigned integer overflow");
		this.#value = v;
	}
	get [Symbol.toStringTag]() {
		return `value = ${this.#value}`;
	}
	[Symbol.for("nodejs.util.inspect.custom")]() {
		return `UnsignedInteger { value: ${this.#value} }`;
	}
};
var billion = 1e9;
var billionBigInt = 1000000000n;
var UNIT_NANOSECONDS = {
	h: 3600000000000n,
	m: 60000000000n,
	s: billionBigInt,
	ms: 1000000n,
	us: 1000n,
	µs: 1000n,
	ns: 1n
};
var Duration = class Duration {
	#seconds;
	#nanos;
	constructor(seconds, nanos = 0) {
		this.#seconds = BigInt(seconds);
		this.#nanos = nanos;
	}
	get seconds() {
		return this.#seconds;
	}
	get nanos() {
		return this.#nanos;
	}
	valueOf() {
		return Number(this.#seconds) * 1e3 + this.#nanos / 1e6;
	}
	static fromMilliseconds(ms) {
		const totalNanos = BigInt(Math.trunc(ms * 1e6));
		const seconds = totalNanos / billionBigInt;
		const nanos = Number(totalNanos % billionBigInt);
		return new Duration(seconds, nanos);
	}
	addDuration(other) {
		const nanos = this.#nanos + other.nanos;
		return new Duration(this.#seconds + other.seconds + BigInt(Math.floor(nanos / billion)), nanos % billion);
	}
	subtractDuration(other) {
		const nanos = this.#nanos - other.nanos;
		return new Duration(this.#seconds - other.seconds + BigInt(Math.floor(nanos / billion)), (nanos + billion) % billion);
	}
	extendTimestamp(ts) {
		return new Date(ts.getTime() + Number(this.#seconds) * 1e3 + Math.floor(this.#nanos / 1e6));
	}
	subtractTimestamp(ts) {
		return /* @__PURE__ */ new Date(ts.getTime() - Number(this.#seconds) * 1e3 - Math.floor(this.#nanos / 1e6));
	}
	toString() {
		const nanos = this.#nanos ? (this.#nanos / billion).toLocaleString("en-US", {
			useGrouping: false,
			maximumFractionDigits: 9
		}).slice(1) : "";
		return `${this.#seconds}${nanos}s`;
	}
	getHours() {
		return this.#seconds / 3600n;
	}
	getMinutes() {
		return this.#seconds / 60n;
	}
	getSeconds() {
		return this.#seconds;
	}
	getMilliseconds() {
		return this.#seconds * 1000n + BigInt(Math.floor(this.#nanos / 1e6));
	}
	get [Symbol.toStringTag]() {
		return "google.protobuf.Duration";
	}
	[Symbol.for("nodejs.util.inspect.custom")]() {
		return `google.protobuf.Duration { seconds: ${this.#seconds}, nanos: ${this.#nanos} }`;
	}
};
function registerFunctions(registry) {
	const sync = { async: false };
	const functionOverload = (sig, handler) => registry.registerFunctionOverload(sig, handler, sync);
	const identity = (v) => v;
	functionOverload("dyn(dyn): dyn", identity);
	for (const _t in TYPES$1) {
		const type = TYPES$1[_t];
		if (!(type instanceof Type)) continue;
		functionOverload(`type(${type.name}): type`, () => type);
	}
	functionOverload("bool(bool): bool", identity);
	functionOverload("bool(string): bool", (v) => {
		switch (v) {
			case "1":
			case "t":
			case "true":
			case "TRUE":
			case "True": return true;
			case "0":
			case "f":
			case "false":
			case "FALSE":
			case "False": return false;
			default: throw evaluationError("bool_conversion_error", `bool() conversion error: invalid string value "${v}"`);
		}
	});
	functionOverload("size(string): int", (v) => BigInt(stringSize(v)));
	functionOverload("size(bytes): int", (v) => BigInt(v.length));
	functionOverload("size(list): int", (v) => BigInt(v.length ?? v.size));
	functionOverload("size(map): int", (v) => BigInt(v instanceof Map ? v.size : objKeys(v).length));
	functionOverload("string.size(): int", (v) => BigInt(stringSize(v)));
	functionOverload("bytes.size(): int", (v) => BigInt(v.length));
	functionOverload("list.size(): int", (v) => BigInt(v.length ?? v.size));
	functionOverload("map.size(): int", (v) => BigInt(v instanceof Map ? v.size : objKeys(v).length));
	functionOverload("bytes(string): bytes", (v) => ByteOpts.fromString(v));
	functionOverload("bytes(bytes): bytes", identity);
	functionOverload("double(double): double", identity);
	functionOverload("double(int): double", (v) => Number(v));
	functionOverload("double(uint): double", (v) => Number(v));
	functionOverload("double(string): double", (v) => {
		if (!v || v !== v.trim()) throw evaluationError("double_conversion_error", "double() type error: cannot convert to double");
		switch (v.toLowerCase()) {
			case "inf":
			case "+inf":
			case "infinity":
			case "+infinity": return Number.POSITIVE_INFINITY;
			case "-inf":
			case "-infinity": return Number.NEGATIVE_INFINITY;
			case "nan": return NaN;
			default: {
				const parsed = Number(v);
				if (!Number.isNaN(parsed)) return parsed;
				throw evaluationError("double_conversion_error", "double() type error: cannot convert to double");
			}
		}
	});
	functionOverload("int(int): int", identity);
	functionOverload("int(double): int", (v) => {
		if (Number.isFinite(v)) return BigInt(Math.trunc(v));
		throw evaluationError("numeric_overflow", "int() type error: integer overflow");
	});
	functionOverload("int(string): int", (v) => {
		if (v !== v.trim() || v.length > 20 || v.includes("0x")) throw evaluationError("int_conversion_error", "int() type error: cannot convert to int");
		try {
			const num = BigInt(v);
			if (num <= 9223372036854775807n && num >= -9223372036854775808n) return num;
		} catch (_e) {}
		throw evaluationError("int_conversion_error", "int() type error: cannot convert to int");
	});
	functionOverload("uint(uint): uint", identity);
	functionOverload("uint(int): uint", (v) => {
		try {
			return new UnsignedInt(v);
		} catch (e) {
			throw evaluationError("uint_conversion_error", "uint() type error: cannot convert to uint");
		}
	});
	functionOverload("uint(double): uint", (v) => {
		try {
			return new UnsignedInt(Math.trunc(v));
		} catch (e) {
			throw evaluationError("numeric_overflow", "uint() type error: unsigned integer overflow");
		}
	});
	functionOverload("uint(string): uint", (v) => {
		if (v !== v.trim() || v.length > 20 || v.includes("0x")) throw evaluationError("uint_conversion_error", "uint() type error: cannot convert to uint");
		try {
			return new UnsignedInt(v);
		} catch (e) {
			throw evaluationError("uint_conversion_error", "uint() type error: cannot convert to uint");
		}
	});
	functionOverload("string(string): string", identity);
	functionOverload("string(bool): string", (v) => `${v}`);
	functionOverload("string(int): string", (v) => `${v}`);
	functionOverload("string(uint): string", (v) => `${v}`);
	functionOverload("string(bytes): string", (v) => ByteOpts.toUtf8(v));
	functionOverload("string(double): string", (v) => {
		if (v === Infinity) return "+Inf";
		if (v === -Infinity) return "-Inf";
		return `${v}`;
	});
	functionOverload("string.startsWith(string): bool", (a, b) => a.startsWith(b));
	functionOverload("string.endsWith(string): bool", (a, b) => a.endsWith(b));
	functionOverload("string.contains(string): bool", (a, b) => a.includes(b));
	functionOverload("string.lowerAscii(): string", (a) => a.toLowerCase());
	functionOverload("string.upperAscii(): string", (a) => a.toUpperCase());
	functionOverload("string.trim(): string", (a) => a.trim());
	functionOverload("string.indexOf(string): int", (string, search) => BigInt(string.indexOf(search)));
	functionOverload("string.indexOf(string, int): int", (string, search, fromIndex) => {
		if (search === "") return fromIndex;
		fromIndex = Number(fromIndex);
		if (fromIndex < 0 || fromIndex >= string.length) throw evaluationError("index_out_of_range", "string.indexOf(search, fromIndex): fromIndex out of range");
		return BigInt(string.indexOf(search, fromIndex));
	});
	functionOverload("string.lastIndexOf(string): int", (string, search) => BigInt(string.lastIndexOf(search)));
	functionOverload("string.lastIndexOf(string, int): int", (string, search, fromIndex) => {
		if (search === "") return fromIndex;
		fromIndex = Number(fromIndex);
		if (fromIndex < 0 || fromIndex >= string.length) throw evaluationError("index_out_of_range", "string.lastIndexOf(search, fromIndex): fromIndex out of range");
		return BigInt(string.lastIndexOf(search, fromIndex));
	});
	functionOverload("string.substring(int): string", (string, start) => {
		start = Number(start);
		if (start < 0 || start > string.length) throw evaluationError("index_out_of_range", "string.substring(start, end): start index out of range");
		return string.substring(start);
	});
	functionOverload("string.substring(int, int): string", (string, start, end) => {
		start = Number(start);
		if (start < 0 || start > string.length) throw evaluationError("index_out_of_range", "string.substring(start, end): start index out of range");
		end = Number(end);
		if (end < start || end > string.length) throw evaluationError("index_out_of_range", "string.substring(start, end): end index out of range");
		return string.substring(start, end);
	});
	functionOverload("string.matches(string): bool", (a, b) => {
		try {
			return new RegExp(b).test(a);
		} catch (_err) {
			throw evaluationError("invalid_regular_expression", `Invalid regular expression: ${b}`);
		}
	});
	functionOverload("string.split(string): list<string>", (s, sep) => s.split(sep));
	functionOverload("string.split(string, int): list<string>", (s, sep, l) => {
		l = Number(l);
		if (l === 0) return [];
		const parts = s.split(sep);
		if (l < 0 || parts.length <= l) return parts;
		const limited = parts.slice(0, l - 1);
		limited.push(parts.slice(l - 1).join(sep));
		return limited;
	});
	functionOverload("list<string>.join(): string", (v) => {
		for (let i = 0; i < v.length; i++) if (typeof v[i] !== "string") throw evaluationError("invalid_list_element_type", "string.join(): list must contain only strings");
		return v.join("");
	});
	functionOverload("list<string>.join(string): string", (v, sep) => {
		for (let i = 0; i < v.length; i++) if (typeof v[i] !== "string") throw evaluationError("invalid_list_element_type", "string.join(separator): list must contain only strings");
		return v.join(sep);
	});
	const textEncoder = new TextEncoder("utf8");
	const textDecoder = new TextDecoder("utf8");
	const ByteOpts = typeof Buffer !== "undefined" ? {
		byteLength: (v) => Buffer.byteLength(v),
		fromString: (str) => Buffer.from(str, "utf8"),
		toHex: (b) => Buffer.prototype.hexSlice.call(b, 0, b.length),
		toBase64: (b) => Buffer.prototype.base64Slice.call(b, 0, b.length),
		toUtf8: (b) => Buffer.prototype.utf8Slice.call(b, 0, b.length),
		jsonParse: (b) => JSON.parse(b)
	} : {
		textEncoder: new TextEncoder("utf8"),
		byteLength: (v) => textEncoder.encode(v).length,
		fromString: (str) => textEncoder.encode(str),
		toHex: Uint8Array.prototype.toHex ? (b) => b.toHex() : (b) => arrayFrom(b, (i) => i.toString(16).padStart(2, "0")).join(""),
		toBase64: Uint8Array.prototype.toBase64 ? (b) => b.toBase64() : (b) => btoa(arrayFrom(b, (i) => String.fromCodePoint(i)).join("")),
		toUtf8: (b) => textDecoder.decode(b),
		jsonParse: (b) => JSON.parse(textEncoder.decode(b))
	};
	functionOverload("bytes.json(): map", ByteOpts.jsonParse);
	functionOverload("bytes.hex(): string", ByteOpts.toHex);
	functionOverload("bytes.string(): string", ByteOpts.toUtf8);
	functionOverload("bytes.base64(): string", ByteOpts.toBase64);
	functionOverload("bytes.at(int): int", (b, index) => {
		if (index < 0 || index >= b.length) throw evaluationError("index_out_of_range", "Bytes index out of range");
		return BigInt(b[index]);
	});
	const TS = "google.protobuf.Timestamp";
	const GPD = "google.protobuf.Duration";
	const TimestampType = registry.registerType(TS, Date).typeType;
	const DurationType = registry.registerType(GPD, Duration).typeType;
	registry.registerConstant("google", "map<string, map<string, type>>", { protobuf: {
		Duration: DurationType,
		Timestamp: TimestampType
	} });
	function tzDate(d, timeZone) {
		return new Date(d.toLocaleString("en-US", { timeZone }));
	}
	function getDayOfYear(d, tz) {
		const workingDate = tz ? tzDate(d, tz) : new Date(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate());
		const start = new Date(workingDate.getFullYear(), 0, 0);
		return BigInt(Math.floor((workingDate - start) / 864e5) - 1);
	}
	functionOverload(`timestamp(string): ${TS}`, (v) => {
		if (v.length < 20 || v.length > 30) throw evaluationError("invalid_timestamp", "timestamp() requires a string in ISO 8601 format");
		const d = new Date(v);
		if (d <= 0xe677d21fdbff && d >= -621355968e5) return d;
		throw evaluationError("invalid_timestamp", "timestamp() requires a string in ISO 8601 format");
	});
	functionOverload(`timestamp(int): ${TS}`, (i) => {
		i = Number(i) * 1e3;
		if (i <= 0xe677d21fdbff && i >= -621355968e5) return new Date(i);
		throw evaluationError("invalid_timestamp", "timestamp() requires a valid integer unix timestamp");
	});
	functionOverload(`${TS}.getDate(): int`, (d) => BigInt(d.getUTCDate()));
	functionOverload(`${TS}.getDate(string): int`, (d, tz) => BigInt(tzDate(d, tz).getDate()));
	functionOverload(`${TS}.getDayOfMonth(): int`, (d) => BigInt(d.getUTCDate() - 1));
	functionOverload(`${TS}.getDayOfMonth(string): int`, (d, tz) => BigInt(tzDate(d, tz).getDate() - 1));
	functionOverload(`${TS}.getDayOfWeek(): int`, (d) => BigInt(d.getUTCDay()));
	functionOverload(`${TS}.getDayOfWeek(string): int`, (d, tz) => BigInt(tzDate(d, tz).getDay()));
	functionOverload(`${TS}.getDayOfYear(): int`, getDayOfYear);
	functionOverload(`${TS}.getDayOfYear(string): int`, getDayOfYear);
	functionOverload(`${TS}.getFullYear(): int`, (d) => BigInt(d.getUTCFullYear()));
	functionOverload(`${TS}.getFullYear(string): int`, (d, tz) => BigInt(tzDate(d, tz).getFullYear()));
	functionOverload(`${TS}.getHours(): int`, (d) => BigInt(d.getUTCHours()));
	functionOverload(`${TS}.getHours(string): int`, (d, tz) => BigInt(tzDate(d, tz).getHours()));
	functionOverload(`${TS}.getMilliseconds(): int`, (d) => BigInt(d.getUTCMilliseconds()));
	functionOverload(`${TS}.getMilliseconds(string): int`, (d) => BigInt(d.getUTCMilliseconds()));
	functionOverload(`${TS}.getMinutes(): int`, (d) => BigInt(d.getUTCMinutes()));
	functionOverload(`${TS}.getMinutes(string): int`, (d, tz) => BigInt(tzDate(d, tz).getMinutes()));
	functionOverload(`${TS}.getMonth(): int`, (d) => BigInt(d.getUTCMonth()));
	functionOverload(`${TS}.getMonth(string): int`, (d, tz) => BigInt(tzDate(d, tz).getMonth()));
	functionOverload(`${TS}.getSeconds(): int`, (d) => BigInt(d.getUTCSeconds()));
	functionOverload(`${TS}.getSeconds(string): int`, (d, tz) => BigInt(tzDate(d, tz).getSeconds()));
	const parseDurationPattern = /(\d*\.?\d*)(ns|us|µs|ms|s|m|h)/;
	function parseDuration(string) {
		if (!string) throw evaluationError("invalid_duration", `Invalid duration string: ''`);
		const isNegative = string[0] === "-";
		if (string[0] === "-" || string[0] === "+") string = string.slice(1);
		let nanoseconds = BigInt(0);
		while (true) {
			const match = parseDurationPattern.exec(string);
			if (!match) throw evaluationError("invalid_duration", `Invalid duration string: ${string}`);
			if (match.index !== 0) throw evaluationError("invalid_duration", `Invalid duration string: ${string}`);
			string = string.slice(match[0].length);
			const unitNanos = UNIT_NANOSECONDS[match[2]];
			const [intPart = "0", fracPart = ""] = match[1].split(".");
			const intVal = BigInt(intPart) * unitNanos;
			const fracNanos = fracPart ? BigInt(fracPart.slice(0, 13).padEnd(13, "0")) * unitNanos / 10000000000000n : 0n;
			nanoseconds += intVal + fracNanos;
			if (string === "") break;
		}
		const seconds = nanoseconds >= billionBigInt ? nanoseconds / billionBigInt : 0n;
		const nanos = Number(nanoseconds % billionBigInt);
		if (isNegative) return new Duration(-seconds, -nanos);
		return new Duration(seconds, nanos);
	}
	functionOverload(`duration(string): google.protobuf.Duration`, (s) => parseDuration(s));
	functionOverload(`google.protobuf.Duration.getHours(): int`, (d) => d.getHours());
	functionOverload(`google.protobuf.Duration.getMinutes(): int`, (d) => d.getMinutes());
	functionOverload(`google.protobuf.Duration.getSeconds(): int`, (d) => d.getSeconds());
	functionOverload(`google.protobuf.Duration.getMilliseconds(): int`, (d) => d.getMilliseconds());
	register(registry);
}
function stringSize(str) {
	let count = 0;
	for (const c of str) count++;
	return count;
}
// node_modules/@marcbachmann/cel-js/lib/registry.js
var Type = class {
	#name;
	constructor(name) {
		this.#name = name;
		objFreeze(this);
	}
	get name() {
		return this.#name;
	}
	get [Symbol.toStringTag]() {
		return `Type<${this.#name}>`;
	}
	toString() {
		return `Type<${this.#name}>`;
	}
};
var TYPES$1 = {
	string: new Type("string"),
	bool: new Type("bool"),
	int: new Type("int"),
	uint: new Type("uint"),
	double: new Type("double"),
	map: new Type("map"),
	list: new Type("list"),
	bytes: new Type("bytes"),
	null_type: new Type("null"),
	type: new Type("type")
};
var optionalType = new Type("optional");
var valueTypeMatchers = {
	dyn(v, ev) {
		switch (typeof v) {
			case "string":
			case "bigint":
			case "number":
			case "boolean": return true;
			case "object": switch (v ? v.constructor : v) {
				case null:
				case void 0:
				case Object:
				case Map:
				case Array:
				case Set: return true;
				default: if (ev.objectTypesByConstructor.get(v.constructor)) return true;
			}
		}
		return !!ev.debugType(v);
	},
	string(v) {
		return typeof v === "string";
	},
	int(v) {
		return typeof v === "bigint";
	},
	double(v) {
		return typeof v === "number";
	},
	bool(v) {
		return typeof v === "boolean";
	},
	null(v) {
		return v === null;
	},
	bytes(v) {
		return v instanceof Uint8Array;
	},
	uint(v) {
		return v instanceof UnsignedInt;
	},
	type(v) {
		return v instanceof Type;
	},
	list(v) {
		switch (v?.constructor) {
			case Array:
			case Set: return true;
			default: return false;
		}
	},
	map(v) {
		switch (typeof v === "object" && v ? v.constructor : null) {
			case void 0:
			case Object:
			case Map: return true;
			default: return false;
		}
	},
	optional(v) {
		return v instanceof Optional;
	},
	message(v, ev) {
		return this === ev.debugType(v);
	}
};
valueTypeMatchers.param = valueTypeMatchers.dyn;
var TypeDeclaration = class {
	#matchesCache = /* @__PURE__ */ new WeakMap();
	constructor({ kind, type, name, keyType, valueType }) {
		this.kind = kind;
		this.type = type;
		this.name = name;
		this.keyType = keyType;
		this.valueType = valueType;
		this.unwrappedType = kind === "dyn" && valueType ? valueType.unwrappedType : this;
		this.wrappedType = kind === "dyn" ? this : _createDynType(this.unwrappedType);
		this.hasDynType = this.kind === "dyn" || this.valueType?.hasDynType || this.keyType?.hasDynType || false;
		this.hasPlaceholderType = this.kind === "param" || this.keyType?.hasPlaceholderType || this.valueType?.hasPlaceholderType || false;
		if (kind === "list") this.fieldLazy = this.#getListField;
		else if (kind === "map") this.fieldLazy = this.#getMapField;
		else if (kind === "message") this.fieldLazy = this.#getMessageField;
		else if (kind === "optional") this.fieldLazy = this.#getOptionalField;
		this.matchesValueType = valueTypeMatchers[name] || valueTypeMatchers[kind];
		objFreeze(this);
	}
	isDynOrBool() {
		return this.type === "bool" || this.kind === "dyn";
	}
	isEmpty() {
		return this.valueType && this.valueType.kind === "param";
	}
	unify(r, t2) {
		const t1 = this;
		if (t1 === t2 || t1.kind === "dyn" || t2.kind === "param") return t1;
		if (t2.kind === "dyn" || t1.kind === "param") return t2;
		if (t1.kind !== t2.kind) return null;
		if (!(t1.hasPlaceholderType || t2.hasPlaceholderType || t1.hasDynType || t2.hasDynType)) return null;
		const valueType = t1.valueType.unify(r, t2.valueType);
		if (!valueType) return null;
		switch (t1.kind) {
			case "optional": return r.getOptionalType(valueType);
			case "list": return r.getListType(valueType);
			case "map":
				const keyType = t1.keyType.unify(r, t2.keyType);
				return keyType ? r.getMapType(keyType, valueType) : null;
		}
	}
	templated(r, bind) {
		if (!this.hasPlaceholderType) return this;
		switch (this.kind) {
			case "dyn": return this.valueType.templated(r, bind);
			case "param": return bind?.get(this.name) || this;
			case "map": return r.getMapType(this.keyType.templated(r, bind), this.valueType.templated(r, bind));
			case "list": return r.getListType(this.valueType.templated(r, bind));
			case "optional": return r.getOptionalType(this.valueType.templated(r, bind));
			default: return this;
		}
	}
	toString() {
		return this.name;
	}
	#getOptionalField(obj, key, ast, ev) {
		obj = obj instanceof Optional ? obj.orValue() : obj;
		if (obj === void 0) return OPTIONAL_NONE;
		const type = ev.debugType(obj);
		try {
			return Optional.of(type.fieldLazy(obj, key, ast, ev));
		} catch (e) {
			if (e instanceof EvaluationError) return OPTIONAL_NONE;
			throw e;
		}
	}
	#getMessageField(obj, key, ast, ev) {
		const message = obj ? ev.objectTypesByConstructor.get(obj.constructor) : void 0;
		if (!message) return;
		const type = message.fields ? message.fields[key] : dynType$1;
		if (!type) return void 0;
		const value = obj instanceof Map ? obj.get(key) : obj[key];
		if (value === void 0) return;
		if (type.matchesValueType(value, ev)) return value;
		throw evaluationError("field_type_mismatch", `Field '${key}' is not of type '${type}', got '${ev.debugType(value)}'`, ast);
	}
	#getMapField(obj, key, ast, ev) {
		const value = obj instanceof Map ? obj.get(key) : obj && hasOwn(obj, key) ? obj[key] : void 0;
		if (value === void 0) return;
		if (this.valueType.matchesValueType(value, ev)) return value;
		throw evaluationError("field_type_mismatch", `Field '${key}' is not of type '${this.valueType}', got '${ev.debugType(value)}'`, ast);
	}
	#getListElementAtIndex(list, pos) {
		switch (list?.constructor) {
			case Array: return list[pos];
			case Set: {
				let i = 0;
				for (const item of list) {
					if (i++ !== pos) continue;
					return item;
				}
			}
		}
	}
	#getListField(obj, key, ast, ev) {
		if (typeof key === "bigint") key = Number(key);
		else if (typeof key !== "number") return;
		const value = this.#getListElementAtIndex(obj, key);
		if (value === void 0) {
			if (!obj) return;
			throw evaluationError("index_out_of_bounds", `No such key: index out of bounds, index ${key} ${key < 0 ? "< 0" : `>= size ${obj.length || obj.size}`}`, ast);
		}
		if (this.valueType.matchesValueType(value, ev)) return value;
		throw evaluationError("list_item_type_mismatch", `List item with index '${key}' is not of type '${this.valueType}', got '${ev.debugType(value)}'`, ast);
	}
	fieldLazy() {}
	field(obj, key, ast, ev) {
		const v = this.fieldLazy(obj, key, ast, ev);
		if (v !== void 0) return v;
		throw evaluationError("no_such_key", `No such key: ${key}`, ast);
	}
	matchesBoth(other) {
		return this.matches(other) && other.matches(this);
	}
	matches(o) {
		const s = this.unwrappedType;
		o = o.unwrappedType;
		if (s === o || s.kind === "dyn" || o.kind === "dyn" || o.kind === "param") return true;
		return this.#matchesCache.get(o) ?? this.#matchesCache.set(o, this.#matches(s, o)).get(o);
	}
	#matches(s, o) {
		switch (s.kind) {
			case "dyn":
			case "param": return true;
			case "list": return o.kind === "list" && s.valueType.matches(o.valueType);
			case "map": return o.kind === "map" && s.keyType.matches(o.keyType) && s.valueType.matches(o.valueType);
			case "optional": return o.kind === "optional" && s.valueType.matches(o.valueType);
			default: return s.name === o.name;
		}
	}
};
var macroEvaluateErr = `have a .callAst property or .evaluate(checker, macro, ctx) method.`;
var macroTypeCheckErr = `have a .callAst property or .typeCheck(checker, macro, ctx) method.`;
function wrapMacroExpander(name, handler) {
	const p = `Macro '${name}' must`;
	return function macroExpander(opts) {
		const macro = handler(opts);
		if (!macro || typeof macro !== "object") throw new Error(`${p} return an object.`);
		if (macro.callAst) return macro;
		if (!macro.evaluate) throw new Error(`${p} ${macroEvaluateErr}`);
		if (!macro.typeCheck) throw new Error(`${p} ${macroTypeCheckErr}`);
		return macro;
	};
}
var VariableDeclaration = class {
	constructor(name, type, description, value) {
		this.name = name;
		this.type = type;
		this.description = description ?? null;
		this.constant = value !== void 0;
		this.value = value;
		objFreeze(this);
	}
};
var FunctionDeclaration = class {
	constructor({ name, receiverType, returnType, handler, description, params, async }) {
		if (typeof name !== "string") throw new Error("name must be a string");
		if (typeof handler !== "function") throw new Error("handler must be a function");
		this.name = name;
		this.async = isAsync(handler, async);
		this.receiverType = receiverType ?? null;
		this.returnType = returnType;
		this.description = description ?? null;
		this.params = params;
		this.argTypes = params.map((p) => p.type);
		this.macro = this.argTypes.includes(astType);
		const receiverString = receiverType ? `${receiverType}.` : "";
		this.signature = `${receiverString}${name}(${this.argTypes.join(", ")}): ${returnType}`;
		this.handler = this.macro ? wrapMacroExpander(this.signature, handler) : handler;
		this.partitionKey = `${receiverType ? "rcall" : "call"}:${name}:${params.length}`;
		this.hasPlaceholderType = this.returnType.hasPlaceholderType || this.receiverType?.hasPlaceholderType || this.argTypes.some((t) => t.hasPlaceholderType) || false;
		objFreeze(this);
	}
	matchesArgs(argTypes) {
		return argTypes.length === this.argTypes.length && this.argTypes.every((t, i) => t.matches(argTypes[i])) ? this : null;
	}
};
var OperatorDeclaration = class {
	constructor({ op, leftType, rightType, handler, returnType, async }) {
		this.operator = op;
		this.leftType = leftType;
		this.rightType = rightType || null;
		this.handler = handler;
		this.async = isAsync(handler, async);
		this.returnType = returnType;
		if (rightType) this.signature = `${leftType} ${op} ${rightType}: ${returnType}`;
		else this.signature = `${op}${leftType}: ${returnType}`;
		this.hasPlaceholderType = this.leftType.hasPlaceholderType || this.rightType?.hasPlaceholderType || false;
		objFreeze(this);
	}
	equals(other) {
		return this.operator === other.operator && this.leftType === other.leftType && this.rightType === other.rightType;
	}
};
function _createListType(valueType) {
	return new TypeDeclaration({
		kind: "list",
		name: `list<${valueType}>`,
		type: "list",
		valueType
	});
}
function _createPrimitiveType(name) {
	return new TypeDeclaration({
		kind: "primitive",
		name,
		type: name
	});
}
function _createMessageType(name) {
	return new TypeDeclaration({
		kind: "message",
		name,
		type: name
	});
}
function _createDynType(valueType) {
	const name = valueType ? `dyn<${valueType}>` : "dyn";
	return new TypeDeclaration({
		kind: "dyn",
		name,
		type: name,
		valueType
	});
}
function _createOptionalType(valueType) {
	return new TypeDeclaration({
		kind: "optional",
		name: `optional<${valueType}>`,
		type: "optional",
		valueType
	});
}
function _createMapType(keyType, valueType) {
	return new TypeDeclaration({
		kind: "map",
		name: `map<${keyType}, ${valueType}>`,
		type: "map",
		keyType,
		valueType
	});
}
function _createPlaceholderType(name) {
	return new TypeDeclaration({
		kind: "param",
		name,
		type: name
	});
}
var dynType$1 = _createDynType();
var astType = _createPrimitiveType("ast");
var listType = _createListType(dynType$1);
var mapType = _createMapType(dynType$1, dynType$1);
var celTypes = {
	string: _createPrimitiveType("string"),
	bool: _createPrimitiveType("bool"),
	int: _createPrimitiveType("int"),
	uint: _createPrimitiveType("uint"),
	double: _createPrimitiveType("double"),
	bytes: _createPrimitiveType("bytes"),
	dyn: dynType$1,
	null: _createPrimitiveType("null"),
	type: _createPrimitiveType("type"),
	optional: _createOptionalType(dynType$1),
	list: listType,
	"list<dyn>": listType,
	map: mapType,
	"map<dyn, dyn>": mapType
};
for (const t of [
	celTypes.string,
	celTypes.double,
	celTypes.int
]) {
	const list = _createListType(t);
	const map = _createMapType(celTypes.string, t);
	celTypes[list.name] = list;
	celTypes[map.name] = map;
}
Object.freeze(celTypes);
var Candidates = class {
	returnType = null;
	async = false;
	macro = false;
	#matchCache = null;
	#checkCache = null;
	/** @type {Array<FunctionDeclaration>|Array<OperatorDeclaration>} */
	declarations = [];
	constructor(registry) {
		this.registry = registry;
	}
	[Symbol.iterator]() {
		return this.declarations[Symbol.iterator]();
	}
	add(decl) {
		this.returnType = (this.returnType || decl.returnType).unify(this.registry, decl.returnType) || dynType$1;
		if (decl.macro) this.macro = decl;
		if (decl.async && !this.async) this.async = true;
		this.declarations.push(decl);
		this.#matchCache?.clear();
		this.#checkCache?.clear();
	}
	findFunction(argTypes, receiverType = null) {
		for (let i = 0; i < this.declarations.length; i++) {
			const match = this.#matchesFunction(this.declarations[i], argTypes, receiverType);
			if (match) return match;
		}
		return null;
	}
	findUnaryOverload(left) {
		const cached = (this.#matchCache ??= /* @__PURE__ */ new Map()).get(left);
		if (cached !== void 0) return cached;
		let value = false;
		for (const decl of this.declarations) {
			if (decl.leftType !== left) continue;
			value = decl;
			break;
		}
		this.#matchCache.set(left, value);
		return value;
	}
	findBinaryOverload(left, right) {
		if (left.kind === "dyn" && left.valueType) right = right.wrappedType;
		else if (right.kind === "dyn" && right.valueType) left = left.wrappedType;
		return (this.#matchCache ??= /* @__PURE__ */ new Map()).get(left)?.get(right) ?? this.#cacheBinary(this.#matchCache, left, right, this.#findBinaryUncached(left, right));
	}
	checkBinaryOverload(left, right) {
		return (this.#checkCache ??= /* @__PURE__ */ new Map()).get(left)?.get(right) ?? this.#cacheBinary(this.#checkCache, left, right, this.#checkBinaryUncached(left, right));
	}
	#cacheBinary(c, l, r, v) {
		return (c.get(l) || c.set(l, /* @__PURE__ */ new Map()).get(l)).set(r, v), v;
	}
	#findBinaryUncached(left, right) {
		const ops = this.#findBinaryOverloads(left, right);
		if (ops.length === 0) return false;
		if (ops.length === 1) return ops[0];
		throw new Error(`Operator overload '${ops[0].signature}' overlaps with '${ops[1].signature}'.`);
	}
	#checkBinaryUncached(left, right) {
		const ops = this.#findBinaryOverloads(left, right);
		if (ops.length === 0) return false;
		let rt = ops[0].returnType;
		for (let i = 1; i < ops.length; i++) rt = rt.unify(this.registry, ops[i].returnType) || dynType$1;
		return rt;
	}
	#findBinaryOverloads(leftType, rightType) {
		const nonexactMatches = [];
		for (const decl of this.declarations) {
			if (decl.leftType === leftType && decl.rightType === rightType) return [decl];
			const secondary = this.#matchBinaryOverload(decl, leftType, rightType);
			if (secondary) nonexactMatches.push(secondary);
		}
		if (nonexactMatches.length === 0) {
			const op = this.declarations[0]?.operator;
			if ((op === "==" || op === "!=") && leftType.kind === "dyn") return fallbackDynEqualityMatchers[op];
		}
		return nonexactMatches;
	}
	#matchBinaryOverload(decl, actualLeft, actualRight) {
		const bindings = decl.hasPlaceholderType ? /* @__PURE__ */ new Map() : null;
		const leftType = this.#matchTypeWithPlaceholders(decl.leftType, actualLeft, bindings);
		if (!leftType) return;
		const rightType = this.#matchTypeWithPlaceholders(decl.rightType, actualRight, bindings);
		if (!rightType) return;
		if ((decl.operator === "==" || decl.operator === "!=") && decl.leftType.kind === "dyn" && decl.leftType.valueType && actualLeft.kind !== "dyn" && actualRight.kind !== "dyn") return false;
		return decl.hasPlaceholderType ? {
			async: decl.async,
			signature: decl.signature,
			handler: decl.handler,
			leftType,
			rightType,
			returnType: decl.returnType.templated(this.registry, bindings)
		} : decl;
	}
	#matchesFunction(fn, argTypes, receiverType) {
		if (fn.hasPlaceholderType) return this.#matchWithPlaceholders(fn, argTypes, receiverType);
		if (receiverType && fn.receiverType && !receiverType.matches(fn.receiverType)) return;
		return fn.matchesArgs(argTypes);
	}
	#matchWithPlaceholders(fn, argTypes, receiverType) {
		const bindings = /* @__PURE__ */ new Map();
		if (receiverType && fn.receiverType) {
			if (!this.#matchTypeWithPlaceholders(fn.receiverType, receiverType, bindings)) return null;
		}
		for (let i = 0; i < argTypes.length; i++) if (!this.#matchTypeWithPlaceholders(fn.argTypes[i], argTypes[i], bindings)) return null;
		return {
			async: fn.async,
			handler: fn.handler,
			signature: fn.signature,
			returnType: fn.returnType.templated(this.registry, bindings)
		};
	}
	#matchTypeWithPlaceholders(declared, actual, bindings) {
		if (!declared.hasPlaceholderType) return actual.matches(declared) ? actual : null;
		const treatAsDyn = actual.kind === "dyn";
		if (!this.#collectPlaceholderBindings(declared, actual, bindings, treatAsDyn)) return null;
		if (treatAsDyn) return actual;
		return actual.matches(declared.templated(this.registry, bindings)) ? actual : null;
	}
	#collectPlaceholderBindings(dec, act, bind, fromDyn = false) {
		if (!dec.hasPlaceholderType) return true;
		if (!act) return false;
		const asDyn = fromDyn || act.kind === "dyn";
		act = act.unwrappedType;
		switch (dec.kind) {
			case "param": {
				const type = asDyn ? dynType$1 : act;
				const existing = bind.get(dec.name);
				if (!existing) return bind.set(dec.name, type) && true;
				return existing.kind === "dyn" || type.kind === "dyn" ? true : existing.matchesBoth(type);
			}
			case "list":
				if (act.name === "dyn") act = dec;
				if (act.kind !== "list") return false;
				return this.#collectPlaceholderBindings(dec.valueType, act.valueType, bind, asDyn);
			case "map":
				if (act.name === "dyn") act = dec;
				if (act.kind !== "map") return false;
				return this.#collectPlaceholderBindings(dec.keyType, act.keyType, bind, asDyn) && this.#collectPlaceholderBindings(dec.valueType, act.valueType, bind, asDyn);
			case "optional":
				if (act.name === "dyn") act = dec;
				if (act.kind !== "optional") return false;
				return this.#collectPlaceholderBindings(dec.valueType, act.valueType, bind, asDyn);
		}
		return true;
	}
};
function splitByComma(str) {
	const parts = [];
	let current = "";
	let depth = 0;
	for (const char of str) {
		if (char === "<") depth++;
		else if (char === ">") depth--;
		else if (char === "," && depth === 0) {
			parts.push(current.trim());
			current = "";
			continue;
		}
		current += char;
	}
	if (current) parts.push(current.trim());
	return parts;
}
var objTypesDecls = [
	[
		UnsignedInt,
		"uint",
		TYPES$1.uint,
		celTypes.uint
	],
	[
		Type,
		"type",
		TYPES$1.type,
		celTypes.type
	],
	[
		Optional,
		"optional",
		optionalType,
		celTypes.optional
	],
	[
		Uint8Array,
		"bytes",
		TYPES$1.bytes,
		celTypes.bytes
	],
	...typeof Buffer !== "undefined" ? [[
		Buffer,
		"bytes",
		TYPES$1.bytes,
		celTypes.bytes
	]] : []
].map(([ctor, name, typeType, type]) => Object.freeze({
	name,
	typeType,
	type,
	ctor
}));
var objTypes = objTypesDecls.map((t) => [t.name, t]);
var objTypesCtor = objTypesDecls.map((t) => [t.ctor, t]);
var invalidVar = (postfix) => /* @__PURE__ */ new Error(`Invalid variable declaration: ${postfix}`);
var invalidType = (postfix) => /* @__PURE__ */ new Error(`Invalid type declaration: ${postfix}`);
var fallbackDynEqualityMatchers = {
	"==": [{
		handler: (a, b) => a === b,
		returnType: celTypes.bool
	}],
	"!=": [{
		handler: (a, b) => a !== b,
		returnType: celTypes.bool
	}]
};
var Registry = class Registry {
	#parent = null;
	#typeDeclarations;
	#ownsVariables = true;
	#operators = null;
	#functions = null;
	#operatorsByOp = null;
	#functionsByKey = null;
	#listTypes = null;
	#mapTypes = null;
	#optionalTypes = null;
	#others = null;
	#locked = false;
	constructor(opts = {}) {
		this.enableOptionalTypes = opts.enableOptionalTypes ?? false;
		this.unlistedVariablesAreDyn = opts.unlistedVariablesAreDyn ?? false;
		const parent = opts.parent instanceof Registry ? opts.parent : null;
		if (parent) {
			this.#parent = parent;
			let opParent = parent;
			while (opParent && !opParent.#operators) opParent = opParent.#parent;
			let fnParent = parent;
			while (fnParent && !fnParent.#functions) fnParent = fnParent.#parent;
			this.#operatorsByOp = parent.#operatorsByOp;
			this.#functionsByKey = parent.#functionsByKey;
			this.#others = {
				operators: opParent.#operators,
				functions: fnParent.#functions
			};
			this.objectTypes = new Map(parent.objectTypes);
			this.objectTypesByConstructor = new Map(parent.objectTypesByConstructor);
			this.variables = parent.variables;
			this.#ownsVariables = false;
			this.#typeDeclarations = parent.#typeDeclarations;
			this.#listTypes = parent.#listTypes;
			this.#mapTypes = parent.#mapTypes;
			this.#optionalTypes = parent.#optionalTypes;
			if (this.enableOptionalTypes !== parent.enableOptionalTypes || this.unlistedVariablesAreDyn !== parent.unlistedVariablesAreDyn) toggleOptionalTypes(this, this.enableOptionalTypes);
		} else {
			this.#operators = [];
			this.#functions = [];
			this.objectTypes = new Map(objTypes);
			this.objectTypesByConstructor = new Map(objTypesCtor);
			this.#typeDeclarations = new Map(objEntries(celTypes));
			this.#listTypes = /* @__PURE__ */ new Map();
			this.#mapTypes = /* @__PURE__ */ new Map();
			this.#optionalTypes = /* @__PURE__ */ new Map();
			this.variables = /* @__PURE__ */ new Map();
			this.variables.dyn = this.unlistedVariablesAreDyn;
			for (const n in TYPES$1) this.registerConstant(n, "type", TYPES$1[n]);
		}
	}
	#ensureOwnVariables() {
		if (this.#ownsVariables) return;
		this.variables = new Map(this.variables);
		this.variables.dyn = this.unlistedVariablesAreDyn;
		this.#ownsVariables = true;
	}
	deleteVariable(name) {
		this.#ensureOwnVariables();
		this.variables.delete(name);
	}
	#pushOperator(decl) {
		if (!this.#operators) this.#operatorsByOp = null;
		this.operatorCandidates(decl.operator).add(decl);
		this.#operators.push(decl);
	}
	#pushFunction(decl) {
		if (!this.#functions) this.#functionsByKey = null;
		this.#functionCandidates(decl.partitionKey).add(decl);
		this.#functions.push(decl);
	}
	#ensureCandiate(c, key) {
		return c.get(key) || c.set(key, new Candidates(this)).get(key);
	}
	#getOperators() {
		if (this.#operators) return this.#operators;
		return this.#operators = [...this.#others.operators];
	}
	#getFunctions() {
		if (this.#functions) return this.#functions;
		return this.#functions = [...this.#others.functions];
	}
	operatorCandidates(op) {
		if (this.#operatorsByOp) return this.#ensureCandiate(this.#operatorsByOp, op);
		const c = this.#operatorsByOp = /* @__PURE__ */ new Map();
		for (const decl of this.#getOperators()) this.#ensureCandiate(c, decl.operator).add(decl);
		return this.#ensureCandiate(c, op);
	}
	functionCandidates(rec, name, argLen) {
		return this.#functionCandidates(`${rec ? "rcall" : "call"}:${name}:${argLen}`);
	}
	#functionCandidates(key) {
		if (this.#functionsByKey) return this.#ensureCandiate(this.#functionsByKey, key);
		const c = this.#functionsByKey = /* @__PURE__ */ new Map();
		for (const decl of this.#getFunctions()) this.#ensureCandiate(c, decl.partitionKey).add(decl);
		return this.#ensureCandiate(c, key);
	}
	registerVariable(name, type, opts) {
		if (this.#locked) throw new Error("Cannot modify frozen registry");
		let description = opts?.description;
		let value;
		if (typeof name === "string" && typeof type === "object" && !(type instanceof TypeDeclaration)) {
			description = type.description;
			value = type.value;
			if (type.schema) type = this.registerType({
				name: `$${name}`,
				schema: type.schema
			}).type;
			else type = type.type;
		} else if (typeof name === "object") {
			if (name.schema) type = this.registerType({
				name: `$${name.name}`,
				schema: name.schema
			}).type;
			else type = name.type;
			description = name.description;
			value = name.value;
			name = name.name;
		}
		if (typeof name !== "string" || !name) throw invalidVar(`name must be a string`);
		if (RESERVED.has(name)) throw invalidVar(`'${name}' is a reserved name`);
		if (this.variables.get(name) !== void 0) throw invalidVar(`'${name}' is already registered`);
		if (typeof type === "string") type = this.getType(type);
		else if (!(type instanceof TypeDeclaration)) throw invalidVar(`type is required`);
		this.#ensureOwnVariables();
		this.variables.set(name, new VariableDeclaration(name, type, description, value));
		return this;
	}
	#registerSchemaAsType(name, schema) {
		const fields = Object.create(null);
		for (const key of objKeys(schema)) {
			const def = schema[key];
			if (typeof def === "object" && def) fields[key] = this.registerType({
				name: `${name}.${key}`,
				schema: def
			}).type.name;
			else if (typeof def === "string") fields[key] = def;
			else throw new Error(`Invalid field definition for '${name}.${key}'`);
		}
		return fields;
	}
	registerConstant(name, type, value) {
		if (typeof name === "object") this.registerVariable(name);
		else this.registerVariable({
			name,
			type,
			value
		});
		return this;
	}
	getType(typename) {
		return this.#parseTypeString(typename, true);
	}
	getListType(type) {
		return this.#listTypes.get(type) || this.#listTypes.set(type, this.#parseTypeString(`list<${type}>`, true)).get(type);
	}
	getMapType(a, b) {
		return this.#mapTypes.get(a)?.get(b) || (this.#mapTypes.get(a) || this.#mapTypes.set(a, /* @__PURE__ */ new Map()).get(a)).set(b, this.#parseTypeString(`map<${a}, ${b}>`, true)).get(b);
	}
	getOptionalType(type) {
		return this.#optionalTypes.get(type) || this.#optionalTypes.set(type, this.#parseTypeString(`optional<${type}>`, true)).get(type);
	}
	assertType(typename, type, signature) {
		try {
			return this.#parseTypeString(typename, true);
		} catch (e) {
			e.message = `Invalid ${type} '${e.unknownType || typename}' in '${signature}'`;
			throw e;
		}
	}
	getFunctionType(typename) {
		if (typename === "ast") return astType;
		const t = this.#parseTypeString(typename, true);
		if (t.kind === "dyn" && t.valueType) throw new Error(`type '${t.name}' is not supported`);
		return t;
	}
	registerType(name, _d) {
		if (this.#locked) throw new Error("Cannot modify frozen registry");
		if (typeof name === "object") _d = name, name = _d.fullName || _d.name || _d.ctor?.name;
		if (typeof name === "string" && name[0] === ".") name = name.slice(1);
		if (typeof name !== "string" || name.length < 2 || RESERVED.has(name)) throw invalidType(`name '${name}' is not valid`);
		if (this.objectTypes.has(name)) throw invalidType(`type '${name}' already registered`);
		const type = this.#parseTypeString(name, false);
		if (type.kind !== "message") throw invalidType(`type '${name}' is not valid`);
		const decl = {
			name,
			typeType: new Type(name),
			type,
			ctor: typeof _d === "function" ? _d : _d?.ctor,
			convert: typeof _d === "function" ? void 0 : _d?.convert,
			fields: typeof _d?.schema === "object" ? this.#normalizeFields(name, this.#registerSchemaAsType(name, _d.schema)) : this.#normalizeFields(name, typeof _d === "function" ? void 0 : _d?.fields)
		};
		if (typeof decl.ctor !== "function") {
			if (!decl.fields) throw invalidType(`type '${name}' requires a constructor or fields`);
			Object.assign(decl, this.#createDefaultConvert(name, decl.fields));
		}
		this.objectTypes.set(name, Object.freeze(decl));
		this.objectTypesByConstructor.set(decl.ctor, decl);
		this.registerFunctionOverload(`type(${name}): type`, () => decl.typeType, { async: false });
		return decl;
	}
	/** @returns {TypeDeclaration} */
	#parseTypeString(typeStr, requireKnownTypes = true) {
		let match = this.#typeDeclarations.get(typeStr);
		if (match) return match;
		if (typeof typeStr !== "string" || !typeStr.length) throw new Error(`Invalid type: must be a string`);
		match = typeStr.match(/^[A-Z]$/);
		if (match) return this.#createDeclaration(_createPlaceholderType, typeStr, typeStr);
		match = typeStr.match(/^(dyn|list|map|optional)<(.+)>$/);
		if (!match) {
			if (requireKnownTypes) {
				const err = /* @__PURE__ */ new Error(`Unknown type: ${typeStr}`);
				err.unknownType = typeStr;
				throw err;
			}
			return this.#createDeclaration(_createMessageType, typeStr, typeStr);
		}
		const kind = match[1];
		const inner = match[2].trim();
		switch (kind) {
			case "dyn": {
				const type = this.#parseTypeString(inner, requireKnownTypes).wrappedType;
				this.#typeDeclarations.set(type.name, type);
				return type;
			}
			case "list": {
				const vType = this.#parseTypeString(inner, requireKnownTypes);
				return this.#createDeclaration(_createListType, `list<${vType}>`, vType);
			}
			case "map": {
				const parts = splitByComma(inner);
				if (parts.length !== 2) throw new Error(`Invalid map type: ${typeStr}`);
				const kType = this.#parseTypeString(parts[0], requireKnownTypes);
				const vType = this.#parseTypeString(parts[1], requireKnownTypes);
				return this.#createDeclaration(_createMapType, `map<${kType}, ${vType}>`, kType, vType);
			}
			case "optional": {
				const vType = this.#parseTypeString(inner, requireKnownTypes);
				return this.#createDeclaration(_createOptionalType, `optional<${vType}>`, vType);
			}
		}
	}
	#createDeclaration(creator, key, ...args) {
		return this.#typeDeclarations.get(key) || this.#typeDeclarations.set(key, creator(...args)).get(key);
	}
	findMacro(name, hasReceiver, argLen) {
		return this.functionCandidates(hasReceiver, name, argLen).macro;
	}
	findUnaryOverload(op, left) {
		return this.operatorCandidates(op).findUnaryOverload(left);
	}
	findBinaryOverload(op, left, right) {
		return this.operatorCandidates(op).findBinaryOverload(left, right);
	}
	#toCelFieldType(field) {
		if (typeof field === "string") return { type: field };
		if (field.id) return protobufjsFieldToCelType(field);
		return field;
	}
	#toCelFieldDeclaration(typename, fields, k, requireKnownTypes = false) {
		try {
			const field = this.#toCelFieldType(fields[k]);
			if (typeof field?.type !== "string") throw new Error(`unsupported declaration`);
			return this.#parseTypeString(field.type, requireKnownTypes);
		} catch (e) {
			e.message = `Field '${k}' in type '${typename}' has unsupported declaration: ${JSON.stringify(fields[k])}`;
			throw e;
		}
	}
	#normalizeFields(typename, fields) {
		if (!fields) return;
		const all = Object.create(null);
		for (const k of objKeys(fields)) all[k] = this.#toCelFieldDeclaration(typename, fields, k);
		return all;
	}
	#createDefaultConvert(name, fields) {
		const keys = objKeys(fields);
		const conversions = Object.create(null);
		for (const k of keys) {
			const type = fields[k];
			const decl = type.kind === "message" && this.objectTypes.get(type.name);
			if (decl === false) conversions[k] = false;
			else conversions[k] = decl.convert ? decl : false;
		}
		const Ctor = { [name]: class extends Map {
			#raw;
			constructor(v) {
				super();
				this.#raw = v;
			}
			[Symbol.iterator]() {
				if (this.size !== keys.length) for (const k of keys) this.get(k);
				return super[Symbol.iterator]();
			}
			get(field) {
				let v = super.get(field);
				if (v !== void 0 || this.has(field)) return v;
				const dec = conversions[field];
				if (dec === void 0) return;
				v = this.#raw instanceof Map ? this.#raw.get(field) : this.#raw?.[field];
				if (dec && v && typeof v === "object") switch (v.constructor) {
					case void 0:
					case Object:
					case Map: v = dec.convert(v);
				}
				return super.set(field, v), v;
			}
		} }[name];
		return {
			ctor: Ctor,
			convert(v) {
				if (!v) return;
				if (v.constructor === Ctor) return v;
				return new Ctor(v);
			}
		};
	}
	clone(opts) {
		this.#locked = true;
		return new Registry({
			parent: this,
			unlistedVariablesAreDyn: opts.unlistedVariablesAreDyn,
			enableOptionalTypes: opts.enableOptionalTypes
		});
	}
	getDefinitions() {
		const variables = [];
		const functions = [];
		for (const [, varDecl] of this.variables) {
			if (!varDecl) continue;
			variables.push({
				name: varDecl.name,
				description: varDecl.description || null,
				type: varDecl.type.name
			});
		}
		for (const decl of this.#getFunctions()) functions.push({
			signature: decl.signature,
			name: decl.name,
			description: decl.description,
			receiverType: decl.receiverType ? decl.receiverType.name : null,
			returnType: decl.returnType.name,
			params: decl.params.map((p) => ({
				name: p.name,
				type: p.type.name,
				description: p.description
			}))
		});
		return {
			variables,
			functions
		};
	}
	#parseSignature(signature) {
		if (typeof signature !== "string") throw new Error("Invalid signature: must be a string");
		const match = signature.match(/^(?:([a-zA-Z0-9.<>]+)\.)?(\w+)\(([^)]*)\):(.*)$/);
		if (!match) throw new Error(`Invalid signature: ${signature}`);
		const returnType = match[4].trim();
		if (!returnType) throw new Error(`Invalid signature: ${signature}`);
		return {
			receiverType: match[1] || null,
			name: match[2],
			argTypes: splitByComma(match[3]),
			returnType
		};
	}
	/**
	* @param {FunctionDeclaration} a
	* @param {FunctionDeclaration} b
	*/
	#functionSignatureOverlaps(a, b) {
		if (a.name !== b.name) return false;
		if (a.argTypes.length !== b.argTypes.length) return false;
		if ((a.receiverType || b.receiverType) && (!a.receiverType || !b.receiverType)) return false;
		return !(a.receiverType !== b.receiverType && a.receiverType !== dynType$1 && b.receiverType !== dynType$1) && (b.macro || a.macro || b.argTypes.every((t, i) => {
			const o = a.argTypes[i];
			return t === o || t === dynType$1 || o === dynType$1;
		}));
	}
	/** @param {FunctionDeclaration} newDec */
	#checkOverlappingSignatures(newDec) {
		for (const decl of this.#functionCandidates(newDec.partitionKey)) {
			if (!this.#functionSignatureOverlaps(decl, newDec)) continue;
			throw new Error(`Function signature '${newDec.signature}' overlaps with existing overload '${decl.signature}'.`);
		}
	}
	#normalizeParam(i, aType, param) {
		if (!param) return {
			type: this.getFunctionType(aType),
			name: `arg${i}`,
			description: null
		};
		const type = param.type || aType;
		if (!type) throw new Error(`params[${i}].type is required`);
		if (aType && type !== aType) throw new Error(`params[${i}].type not equal to signature type`);
		return {
			name: param.name || `arg${i}`,
			type: this.getFunctionType(type),
			description: param.description ?? null
		};
	}
	registerFunctionOverload(s, handler, opts) {
		if (this.#locked) throw new Error("Cannot modify frozen registry");
		if (typeof s === "object") opts = s;
		else if (typeof handler === "object") opts = handler;
		else if (!opts) opts = {};
		const sig = typeof s === "string" ? s : opts.signature ?? void 0;
		const parsed = sig !== void 0 ? this.#parseSignature(sig) : void 0;
		const name = parsed?.name || opts.name;
		const receiverType = parsed?.receiverType || opts.receiverType;
		const argTypes = parsed?.argTypes;
		const returnType = parsed?.returnType || opts.returnType;
		const params = opts.params;
		handler = typeof handler === "function" ? handler : opts.handler;
		let dec;
		try {
			if (!name) throw new Error(`signature or name are required`);
			if (!returnType) throw new Error(`must have a returnType`);
			if (params) {
				if (argTypes && params.length !== argTypes.length) throw new Error(`mismatched length in params and args in signature`);
			} else if (!argTypes) throw new Error(`signature or params are required`);
			dec = new FunctionDeclaration({
				name,
				async: opts?.async,
				receiverType: receiverType ? this.getType(receiverType) : null,
				returnType: this.getType(returnType),
				handler,
				description: opts.description,
				params: (argTypes || params).map((_, i) => this.#normalizeParam(i, argTypes?.[i], params?.[i]))
			});
		} catch (e) {
			if (typeof sig === "string") e.message = `Invalid function declaration '${sig}': ${e.message}`;
			else if (name) e.message = `Invalid function declaration '${name}': ${e.message}`;
			else e.message = `Invalid function declaration: ${e.message}`;
			throw e;
		}
		this.#checkOverlappingSignatures(dec);
		this.#pushFunction(dec);
	}
	registerOperatorOverload(string, handler, opts) {
		const unaryParts = string.match(/^([-!])([\w.<>]+)(?::\s*([\w.<>]+))?$/);
		if (unaryParts) {
			const [, op, operandType, returnType] = unaryParts;
			return this.unaryOverload(op, operandType, handler, returnType, opts?.async);
		}
		const parts = string.match(/^([\w.<>]+) ([-+*%/]|==|!=|<|<=|>|>=|in) ([\w.<>]+)(?::\s*([\w.<>]+))?$/);
		if (!parts) throw new Error(`Operator overload invalid: ${string}`);
		const [, leftType, op, rightType, returnType] = parts;
		return this.binaryOverload(leftType, op, rightType, handler, returnType);
	}
	unaryOverload(op, typeStr, handler, returnTypeStr, async) {
		if (this.#locked) throw new Error("Cannot modify frozen registry");
		const leftType = this.assertType(typeStr, "type", `${op}${typeStr}`);
		const returnType = this.assertType(returnTypeStr || typeStr, "return type", `${op}${typeStr}: ${returnTypeStr || typeStr}`);
		const d = new OperatorDeclaration({
			op: `${op}_`,
			leftType,
			returnType,
			handler,
			async
		});
		this.#pushOperator(this.#assertOverload(d));
	}
	#hasOverload(d) {
		for (const o of this.operatorCandidates(d.operator)) if (d.equals(o)) return true;
		return false;
	}
	#assertOverload(decl) {
		if (!this.#hasOverload(decl)) return decl;
		throw new Error(`Operator overload already registered: ${decl.signature}`);
	}
	binaryOverload(leftTypeStr, op, rightTypeStr, handler, returnTypeStr, async) {
		if (this.#locked) throw new Error("Cannot modify frozen registry");
		returnTypeStr ??= isRelational.has(op) ? "bool" : leftTypeStr;
		const sig = `${leftTypeStr} ${op} ${rightTypeStr}: ${returnTypeStr}`;
		let leftType = this.assertType(leftTypeStr, "left type", sig);
		let rightType = this.assertType(rightTypeStr, "right type", sig);
		const returnType = this.assertType(returnTypeStr, "return type", sig);
		if (leftType.kind === "dyn" && leftType.valueType) rightType = rightType.wrappedType;
		else if (rightType.kind === "dyn" && rightType.valueType) leftType = leftType.wrappedType;
		if (isRelational.has(op) && returnType.type !== "bool") throw new Error(`Comparison operator '${op}' must return 'bool', got '${returnType.type}'`);
		const dec = new OperatorDeclaration({
			op,
			leftType,
			rightType,
			returnType,
			handler,
			async
		});
		if (dec.hasPlaceholderType && !(rightType.hasPlaceholderType && leftType.hasPlaceholderType)) throw new Error(`Operator overload with placeholders must use them in both left and right types: ${sig}`);
		this.#assertOverload(dec);
		if (op === "==") {
			const declarations = [new OperatorDeclaration({
				op: "!=",
				leftType,
				rightType,
				handler(a, b, ast, ev) {
					return !handler(a, b, ast, ev);
				},
				returnType,
				async
			})];
			if (leftType !== rightType) declarations.push(new OperatorDeclaration({
				op: "==",
				leftType: rightType,
				rightType: leftType,
				handler(a, b, ast, ev) {
					return handler(b, a, ast, ev);
				},
				returnType,
				async
			}), new OperatorDeclaration({
				op: "!=",
				leftType: rightType,
				rightType: leftType,
				handler(a, b, ast, ev) {
					return !handler(b, a, ast, ev);
				},
				returnType,
				async
			}));
			for (const decl of declarations) this.#assertOverload(decl);
			for (const decl of declarations) this.#pushOperator(decl);
		}
		this.#pushOperator(dec);
	}
};
var isRelational = /* @__PURE__ */ new Set([
	"<",
	"<=",
	">",
	">=",
	"==",
	"!=",
	"in"
]);
function createRegistry(opts) {
	return new Registry(opts);
}
var RootContext = class {
	#vars;
	#contextObj;
	#contextMap;
	#convertCache;
	constructor(registry, context) {
		this.#vars = registry.variables;
		if (context === void 0 || context === null) return;
		if (typeof context !== "object") throw evaluationError("invalid_context", "Context must be an object");
		if (context instanceof Map) this.#contextMap = context;
		else this.#contextObj = context;
	}
	getValue(key) {
		return this.#convertCache?.get(key) || (this.#contextObj ? this.#contextObj[key] : this.#contextMap?.get(key));
	}
	getVariable(name) {
		return this.#vars.get(name) ?? (this.#vars.dyn && !RESERVED.has(name) ? new VariableDeclaration(name, dynType$1) : void 0);
	}
	getCheckedValue(ev, ast) {
		const v = this.getValue(ast.args);
		if (v === void 0) throw ev.createError("unknown_variable", `Unknown variable: ${ast.args}`, ast);
		if (ast.checkedType.matchesValueType(v, ev)) return v;
		const type = ast.checkedType;
		const valueType = ev.debugType(v);
		if (type.kind === "message" && valueType.kind === "map") {
			const c = ev.objectTypes.get(type.name)?.convert?.(v);
			if (c) return (this.#convertCache ??= /* @__PURE__ */ new Map()).set(ast.args, c), c;
		}
		throw ev.createError("variable_type_mismatch", `Variable '${ast.args}' is not of type '${type}', got '${valueType}'`, ast);
	}
	forkWithVariable(iterVar, iterType) {
		return new OverlayContext(this, iterVar, iterType);
	}
};
var OverlayContext = class OverlayContext {
	#parent;
	accuType;
	accuValue;
	iterValue;
	constructor(parent, iterVar, iterType) {
		this.#parent = parent;
		this.iterVar = iterVar;
		this.iterType = iterType;
	}
	forkWithVariable(iterVar, iterType) {
		return new OverlayContext(this, iterVar, iterType);
	}
	reuse(parent) {
		if (!this.async) return this.#parent = parent, this;
		const ctx = new OverlayContext(parent, this.iterVar, this.iterType);
		ctx.accuType = this.accuType;
		return ctx;
	}
	setIterValue(v, ev) {
		if (this.iterType.matchesValueType(v, ev)) return this.iterValue = v, this;
		const type = this.iterType;
		const valueType = ev.debugType(v);
		if (type.kind === "message" && valueType.kind === "map") {
			const c = ev.objectTypes.get(type.name)?.convert?.(v);
			if (c) return this.iterValue = c, this;
		}
		throw ev.createError("variable_type_mismatch", `Variable '${this.iterVar}' is not of type '${type}', got '${valueType}'`);
	}
	setAccuType(type) {
		return this.accuType = type, this;
	}
	setAccuValue(v) {
		return this.accuValue = v, this;
	}
	getValue(key) {
		return this.iterVar === key ? this.iterValue : this.#parent.getValue(key);
	}
	getCheckedValue(ev, ast) {
		if (this.iterVar === ast.args) return this.iterValue;
		return this.#parent.getCheckedValue(ev, ast);
	}
	getVariable(name) {
		if (this.iterVar === name) return new VariableDeclaration(name, this.iterType);
		return this.#parent.getVariable(name);
	}
};
/**
* Extract CEL field declarations from a protobufjs message type.
* Maps protobuf types to CEL types.
* @param {protobuf.Type} messageType - The protobufjs message type
* @returns {Object} Field declarations in CEL format {fieldName: 'celType'}
*/
function protobufjsFieldToCelType(field) {
	let fieldType;
	if (field.map) fieldType = `map<${protobufjsTypeToCelType(field.keyType, field.resolvedKeyType)}, ${protobufjsTypeToCelType(field.type, field.resolvedType)}>`;
	else fieldType = protobufjsTypeToCelType(field.type, field.resolvedType);
	return { type: field.repeated ? `list<${fieldType}>` : fieldType };
}
/**
* Map protobuf type names to CEL type names.
* @param {string} protoType - The protobuf type name
* @param {protobuf.Type|null} resolvedType - The resolved type for message/enum fields
* @returns {string} The CEL type name
*/
function protobufjsTypeToCelType(protoType, resolvedType) {
	switch (protoType) {
		case "string": return "string";
		case "bytes": return "bytes";
		case "bool": return "bool";
		case "double":
		case "float":
		case "int32":
		case "int64":
		case "sint32":
		case "sint64":
		case "sfixed32":
		case "sfixed64":
		case "uint32":
		case "uint64":
		case "fixed32":
		case "fixed64": return "double";
		default:
			switch (resolvedType?.constructor.name) {
				case "Type": return resolvedType.fullName.slice(1);
				case "Enum": return "int";
			}
			if (protoType?.includes(".")) return protoType;
			return "dyn";
	}
}
// node_modules/@marcbachmann/cel-js/lib/operators.js
var dynType = celTypes.dyn;
var Base = class {
	dynType = celTypes.dyn;
	optionalType = celTypes.optional;
	stringType = celTypes.string;
	intType = celTypes.int;
	doubleType = celTypes.double;
	boolType = celTypes.bool;
	nullType = celTypes.null;
	listType = celTypes.list;
	mapType = celTypes.map;
	constructor(opts) {
		this.opts = opts.opts;
		this.registry = opts.registry;
		this.objectTypes = this.registry.objectTypes;
		this.objectTypesByConstructor = this.registry.objectTypesByConstructor;
	}
	/**
	* Get a TypeDeclaration instance for a type name
	* @param {string} typeName - The type name (e.g., 'string', 'int', 'dyn')
	* @returns {TypeDeclaration} The type declaration instance
	*/
	getType(typeName) {
		return this.registry.getType(typeName);
	}
	debugType(v) {
		switch (typeof v) {
			case "string": return this.stringType;
			case "bigint": return this.intType;
			case "number": return this.doubleType;
			case "boolean": return this.boolType;
			case "object":
				if (v === null) return this.nullType;
				switch (v.constructor) {
					case void 0:
					case Object:
					case Map: return this.mapType;
					case Array:
					case Set: return this.listType;
					default: return this.objectTypesByConstructor.get(v.constructor)?.type || unsupportedType(this, v.constructor?.name || typeof v);
				}
			default: unsupportedType(this, typeof v);
		}
	}
};
function unsupportedType(self, type) {
	throw self.createError("unsupported_type", `Unsupported type: ${type}`);
}
var maybeAsyncArray = (a) => Array.isArray(a) ? a.some((n) => n.maybeAsync) : false;
function maybeAsync(l, r, h) {
	if (r === true || r && (r?.maybeAsync || maybeAsyncArray(r))) return maybeAsyncBoth(h);
	if (l === true || l && (l?.maybeAsync || maybeAsyncArray(l))) return maybeAsyncFirst(h);
	return h;
}
function maybeAsyncBoth(handler) {
	return handler.__asyncBoth ??= function handle(a, b, c, d) {
		if (!(a instanceof Promise || b instanceof Promise)) return handler(a, b, c, d);
		if (!(b instanceof Promise)) return a.then((_a) => handler(_a, b, c, d));
		if (!(a instanceof Promise)) return b.then((_b) => handler(a, _b, c, d));
		return Promise.all([a, b]).then((p) => handler(p[0], p[1], c, d));
	};
}
function maybeAsyncFirst(handler) {
	return handler.__asyncFirst ??= function handle(a, b, c, d) {
		if (a instanceof Promise) return a.then((_a) => handler(_a, b, c, d));
		return handler(a, b, c, d);
	};
}
function checkAccessNode(chk, ast, ctx) {
	ast.right = ast.args[1];
	const leftType = chk.check(ast.left = ast.args[0], ctx);
	if (ast.op === "[]") chk.check(ast.right, ctx);
	ast.handle = maybeAsync(ast.left, ast.op === "[]" ? ast.right : false, leftType !== dynType ? fieldAccessStatic : fieldAccess);
	if (leftType.kind !== "optional") return chk.checkAccessOnType(ast, ctx, leftType);
	return chk.registry.getOptionalType(chk.checkAccessOnType(ast, ctx, leftType.valueType, true));
}
function checkOptionalAccessNode(chk, ast, ctx) {
	ast.right = ast.args[1];
	const leftType = chk.check(ast.left = ast.args[0], ctx);
	if (ast.op === "[?]") chk.check(ast.right, ctx);
	ast.handle = maybeAsync(ast.left, ast.op === "[?]" ? ast.right : false, oFieldAccess);
	const actualType = leftType.kind === "optional" ? leftType.valueType : leftType;
	return chk.registry.getOptionalType(chk.checkAccessOnType(ast, ctx, actualType, true));
}
var HOMOGENEOUS_PREFIX = {
	heterogeneous_list_element: "List elements must have the same type,",
	heterogeneous_map_key: "Map key uses wrong type,",
	heterogeneous_map_value: "Map value uses wrong type,"
};
function checkElementHomogenous(chk, ctx, expected, el, code) {
	const type = chk.check(el, ctx);
	if (type === expected || expected.isEmpty()) return type;
	if (type.isEmpty()) return expected;
	throw chk.createError(code, `${HOMOGENEOUS_PREFIX[code]} expected type '${chk.formatType(expected)}' but found '${chk.formatType(type)}'`, el);
}
function checkElement(chk, ctx, expected, el) {
	return expected.unify(chk.registry, chk.check(el, ctx)) || dynType;
}
function ternaryConditionError(ev, value, node) {
	const type = ev.debugRuntimeType(value);
	return ev.createError("invalid_condition_type", `${node.meta.label || "Ternary condition must be bool"}, got '${type}'`, node);
}
function handleTernary(c, ev, ast, ctx) {
	if (c === true) return ev.run(ast.left, ctx);
	if (c === false) return ev.run(ast.right, ctx);
	throw ternaryConditionError(ev, c, ast.condition);
}
function logicalOperandError(ev, value, node) {
	const type = ev.debugRuntimeType(value);
	return ev.createError("invalid_logical_operand", `Logical operator requires bool operands, got '${type}'`, node);
}
function logicalValueOrErr(ev, v, node) {
	if (v instanceof Error) return v;
	return logicalOperandError(ev, v, node);
}
function _logicalOp(exp, ev, ast, left, right) {
	if (right === exp) return exp;
	if (right === !exp) {
		if (left === right) return right;
		throw logicalValueOrErr(ev, left, ast.left);
	}
	if (right instanceof Promise) return right.then((r) => _logicalOpAsync(exp, ev, ast, left, r));
	throw logicalOperandError(ev, right, ast.left);
}
function _logicalOpAsync(exp, ev, ast, left, right) {
	if (right === exp) return exp;
	if (typeof right !== "boolean") throw logicalOperandError(ev, right, ast.right);
	if (typeof left !== "boolean") throw logicalValueOrErr(ev, left, ast.left);
	return !exp;
}
function checkLogicalOp(chk, ast, ctx) {
	const leftType = chk.check(ast.left = ast.args[0], ctx);
	const rightType = chk.check(ast.right = ast.args[1], ctx);
	if (!leftType.isDynOrBool()) throw chk.createError("invalid_logical_operand", `Logical operator requires bool operands, got '${chk.formatType(leftType)}'`, ast);
	if (!rightType.isDynOrBool()) throw chk.createError("invalid_logical_operand", `Logical operator requires bool operands, got '${chk.formatType(rightType)}'`, ast);
	return chk.boolType;
}
function checkUnary(chk, ast, ctx) {
	const op = ast.op;
	const right = chk.check(ast.args, ctx);
	ast.candidates = chk.registry.operatorCandidates(op);
	if (right.kind === "dyn") {
		ast.handle = maybeAsync(ast.args, false, handleUnary);
		return ast.candidates.returnType;
	}
	const overload = ast.candidates.findUnaryOverload(right);
	if (!overload) throw chk.createError("no_such_overload", `no such overload: ${op[0]}${chk.formatType(right)}`, ast);
	ast.handle = maybeAsync(ast.args, false, overload.handler);
	return overload.returnType;
}
function handleUnary(left, ast, ev) {
	const leftType = ev.debugRuntimeType(left, ast.args.checkedType);
	const overload = ast.candidates.findUnaryOverload(leftType);
	if (overload) return overload.handler(left);
	throw ev.createError("no_such_overload", `no such overload: ${ast.op[0]}${leftType}`, ast);
}
function evaluateUnary(ev, ast, ctx) {
	return ast.handle(ev.run(ast.args, ctx), ast, ev);
}
function checkBinary(chk, ast, ctx) {
	const op = ast.op;
	const left = chk.check(ast.left = ast.args[0], ctx);
	const right = chk.check(ast.right = ast.args[1], ctx);
	ast.candidates = chk.registry.operatorCandidates(op);
	const overload = left.hasDynType || right.hasDynType ? void 0 : ast.candidates.findBinaryOverload(left, right);
	ast.handle = maybeAsync(ast.left, ast.right, overload?.handler || handleBinary);
	if (overload) return overload.returnType;
	const type = ast.candidates.checkBinaryOverload(left, right);
	if (!left.hasDynType) ast.leftStaticType = left;
	if (!right.hasDynType) ast.rightStaticType = right;
	if (type) return type;
	throw chk.createError("no_such_overload", `no such overload: ${chk.formatType(left)} ${op} ${chk.formatType(right)}`, ast);
}
function evaluateBinary(ev, ast, ctx) {
	return ast.handle(ev.run(ast.left, ctx), ev.run(ast.right, ctx), ast, ev);
}
function evaluateBinaryFirst(ev, ast, ctx) {
	return ast.handle(ev.run(ast.left, ctx), ast.right, ast, ev);
}
function handleBinary(left, right, ast, ev) {
	const leftType = ast.leftStaticType || ev.debugTypeDeep(left).wrappedType;
	const rightType = ast.rightStaticType || ev.debugTypeDeep(right).wrappedType;
	const overload = ast.candidates.findBinaryOverload(leftType, rightType);
	if (overload) return overload.handler(left, right, ast, ev);
	throw ev.createError("no_such_overload", `no such overload: ${leftType} ${ast.op} ${rightType}`, ast);
}
function callFunctionHandler(handler, ev, args, ast) {
	try {
		const result = handler.apply(ev, args);
		if (result instanceof Promise) return result.catch((error) => {
			throw attachErrorAst(error, ast);
		});
		return result;
	} catch (error) {
		throw attachErrorAst(error, ast);
	}
}
function callFn(args, ast, ev) {
	const argAst = ast.args[1];
	const types = ast.argTypes;
	let i = argAst.length;
	while (i--) types[i] = ev.debugRuntimeType(args[i], argAst[i].checkedType);
	const decl = ast.candidates.findFunction(types);
	if (decl) return callFunctionHandler(decl.handler, ev, args, ast);
	throw ev.createError("no_matching_overload", `found no matching overload for '${ast.args[0]}(${types.map((t) => t.unwrappedType).join(", ")})'`, ast);
}
function callRecFn(args, ev, ast) {
	const [, receiverAst, argAst] = ast.args;
	const types = ast.argTypes;
	for (let i = 0; i < types.length; i++) types[i] = ev.debugRuntimeType(args[i + 1], argAst[i].checkedType);
	const receiverType = ev.debugRuntimeType(args[0], receiverAst.checkedType);
	const decl = ast.candidates.findFunction(types, receiverType);
	if (decl) return callFunctionHandler(decl.handler, ev, args, ast);
	throw ev.createError("no_matching_overload", `found no matching overload for '${receiverType.type}.${ast.args[0]}(${types.map((t) => t.unwrappedType).join(", ")})'`, ast);
}
function resolveAstArray(ev, astArray, ctx, i = astArray.length) {
	if (i === 0) return [];
	let async;
	const results = new Array(i);
	while (i--) if ((results[i] = ev.run(astArray[i], ctx)) instanceof Promise) async ??= true;
	return async ? Promise.all(results) : results;
}
function safeFromEntries(entries) {
	const obj = {};
	for (let i = 0; i < entries.length; i++) {
		const [k, v] = entries[i];
		if (k === "__proto__" || k === "constructor" || k === "prototype") continue;
		obj[k] = v;
	}
	return obj;
}
function comprehensionElementType(chk, iterable, ctx) {
	const iterType = chk.check(iterable, ctx);
	if (iterType.kind === "dyn") return iterType;
	if (iterType.kind === "list") return iterType.valueType;
	if (iterType.kind === "map") return iterType.keyType;
	throw chk.createError("invalid_comprehension_range", `Expression of type '${chk.formatType(iterType)}' cannot be range of a comprehension (must be list, map, or dynamic).`, iterable);
}
function toIterable(ev, args, coll) {
	if (coll instanceof Set) return [...coll];
	if (coll instanceof Map) return [...coll.keys()];
	if (coll && typeof coll === "object") return objKeys(coll);
	throw ev.createError("invalid_comprehension_range", `Expression of type '${ev.debugType(coll)}' cannot be range of a comprehension (must be list, map, or dynamic).`, args.iterable);
}
function runQualifier(items, args, ev, ctx) {
	if (!isArray(items)) items = toIterable(ev, args, items);
	const accu = ev.run(args.init, ctx = args.iterCtx.reuse(ctx));
	ctx.accuValue = accu;
	if (ctx === args.iterCtx) return iterateQuantifier(ev, ctx, args, items, accu, 0);
	return continueQuantifier(ev, ctx, args, items, accu, 0);
}
function runComprehension(items, args, ev, ctx) {
	if (!isArray(items)) items = toIterable(ev, args, items);
	const accu = ev.run(args.init, ctx = args.iterCtx.reuse(ctx));
	ctx.accuValue = accu;
	if (ctx === args.iterCtx) return iterateLoop(ev, ctx, args, items, accu, 0);
	return continueLoop(ev, ctx, args, items, accu, 0);
}
function iterateLoop(ev, ctx, args, items, accu, i) {
	const condition = args.condition;
	const step = args.step;
	const len = items.length;
	while (i < len) {
		if (condition && !condition(accu)) break;
		accu = ev.run(step, ctx.setIterValue(items[i++], ev));
		if (accu instanceof Promise) return continueLoop(ev, ctx, args, items, accu, i);
	}
	return args.result(accu);
}
async function continueLoop(ev, ctx, args, items, accu, i) {
	if (ctx === args.iterCtx) ctx.async = true;
	const condition = args.condition;
	const step = args.step;
	const len = items.length;
	accu = await accu;
	while (i < len) {
		if (condition && !condition(accu)) return args.result(accu);
		accu = ev.run(step, ctx.setIterValue(items[i++], ev));
		if (accu instanceof Promise) accu = await accu;
	}
	return args.result(accu);
}
function iterateQuantifier(ev, ctx, args, items, accu, i, error, stp) {
	const condition = args.condition;
	const step = args.step;
	const len = items.length;
	while (i < len) {
		if (!condition(accu)) return args.result(accu);
		stp = ev.tryEval(step, ctx.setIterValue(items[i++], ev));
		if (stp instanceof Promise) return continueQuantifier(ev, ctx, args, items, accu, i, error, stp);
		if (stp instanceof Error && (error ??= stp)) continue;
		accu = stp;
	}
	if (error && condition(accu)) throw error;
	return args.result(accu);
}
async function continueQuantifier(ev, ctx, args, items, accu, i, error, stp) {
	if (ctx === args.iterCtx) ctx.async = true;
	const condition = args.condition;
	const step = args.step;
	const len = items.length;
	stp = await stp;
	if (stp instanceof Error) error ??= stp;
	else accu = stp;
	while (i < len) {
		if (!condition(accu)) return args.result(accu);
		stp = ev.tryEval(step, ctx.setIterValue(items[i++], ev));
		if (stp instanceof Promise) stp = await stp;
		if (stp instanceof Error && (error ??= stp)) continue;
		accu = stp;
	}
	if (error && condition(accu)) throw error;
	return args.result(accu);
}
function oFieldAccess(left, right, ast, ev) {
	return ev.optionalType.field(left, right, ast, ev);
}
function fieldAccessStatic(left, right, ast, ev) {
	return ast.left.checkedType.field(left, right, ast, ev);
}
var empty = Object.create(null);
function fieldAccess(left, right, ast, ev) {
	switch (left?.constructor) {
		case void 0:
		case Object: {
			const v = hasOwn(left || empty, right) ? left[right] : void 0;
			if (v !== void 0) return ev.debugType(v), v;
			break;
		}
		case Map: {
			const v = left.get(right);
			if (v !== void 0) return ev.debugType(v), v;
			break;
		}
		case Array:
		case Set: return ev.listType.field(left, right, ast, ev);
		default:
			const t = ev.objectTypesByConstructor.get(left.constructor);
			if (t) return t.type.field(left, right, ast, ev);
			else if (typeof left === "object") unsupportedType(ev, left.constructor.name);
	}
	throw ev.createError("no_such_key", `No such key: ${right}`, ast);
}
var emptyList = () => [];
var emptyMap = () => ({});
var OPERATORS = {
	value: {
		check(chk, ast) {
			return chk.debugType(ast.args);
		},
		evaluate(_ev, ast) {
			return ast.args;
		}
	},
	id: {
		check(chk, ast, ctx) {
			const variable = ctx.getVariable(ast.args);
			if (!variable) throw chk.createError("unknown_variable", `Unknown variable: ${ast.args}`, ast);
			if (variable.constant) {
				const alternate = ast.clone(OPERATORS.value, variable.value);
				ast.setMeta("alternate", alternate);
				return chk.check(alternate, ctx);
			}
			return variable.type;
		},
		evaluate(ev, ast, ctx) {
			return ctx.getCheckedValue(ev, ast);
		}
	},
	".": {
		alias: "fieldAccess",
		check: checkAccessNode,
		evaluate: evaluateBinaryFirst
	},
	".?": {
		alias: "optionalFieldAccess",
		check: checkOptionalAccessNode,
		evaluate: evaluateBinaryFirst
	},
	"[]": {
		alias: "bracketAccess",
		check: checkAccessNode,
		evaluate: evaluateBinary
	},
	"[?]": {
		alias: "optionalBracketAccess",
		check: checkOptionalAccessNode,
		evaluate: evaluateBinary
	},
	call: {
		check(chk, ast, ctx) {
			const [functionName, args] = ast.args;
			const candidates = ast.candidates = chk.registry.functionCandidates(false, functionName, args.length);
			const argTypes = ast.argTypes = args.map((a) => chk.check(a, ctx));
			const decl = candidates.findFunction(argTypes);
			if (!decl) throw chk.createError("no_matching_overload", `found no matching overload for '${functionName}(${chk.formatTypeList(argTypes)})'`, ast);
			ast.handle = maybeAsync(args, false, argTypes.some((t) => t.hasDynType) ? callFn : decl.handler.__handle ??= (l, _ast, e) => callFunctionHandler(decl.handler, e, l, _ast));
			return decl.returnType;
		},
		evaluate(ev, ast, ctx) {
			return ast.handle(resolveAstArray(ev, ast.args[1], ctx), ast, ev);
		}
	},
	rcall: {
		check(chk, ast, ctx) {
			const [methodName, receiver, args] = ast.args;
			const receiverType = chk.check(receiver, ctx);
			const candidates = ast.candidates = chk.registry.functionCandidates(true, methodName, args.length);
			const argTypes = ast.argTypes = args.map((a) => chk.check(a, ctx));
			ast.receiverWithArgs = [receiver, ...args];
			ast.handle = maybeAsync(ast.receiverWithArgs, false, callRecFn);
			if (receiverType.kind === "dyn" && candidates.returnType) return candidates.returnType;
			const decl = candidates.findFunction(argTypes, receiverType);
			if (!decl) throw chk.createError("no_matching_overload", `found no matching overload for '${receiverType.type}.${methodName}(${chk.formatTypeList(argTypes)})'`, ast);
			if (!receiverType.hasPlaceholderType && !argTypes.some((t) => t.hasDynType)) {
				const fn = decl.handler;
				const handle = fn.__handle ??= (a, ev, _ast) => callFunctionHandler(fn, ev, a, _ast);
				ast.handle = maybeAsync(ast.receiverWithArgs, false, handle);
			}
			return decl.returnType;
		},
		evaluate(ev, ast, ctx) {
			return ast.handle(resolveAstArray(ev, ast.receiverWithArgs, ctx), ev, ast);
		}
	},
	list: {
		check(chk, ast, ctx) {
			const arr = ast.args;
			const arrLen = arr.length;
			if (arrLen === 0) return ast.setMeta("evaluate", emptyList) && chk.getType("list<T>");
			let valueType = chk.check(arr[0], ctx);
			const check = chk.opts.homogeneousAggregateLiterals ? checkElementHomogenous : checkElement;
			for (let i = 1; i < arrLen; i++) valueType = check(chk, ctx, valueType, arr[i], "heterogeneous_list_element");
			return chk.registry.getListType(valueType);
		},
		evaluate(ev, ast, ctx) {
			return resolveAstArray(ev, ast.args, ctx);
		}
	},
	map: {
		check(chk, ast, ctx) {
			const arr = ast.args;
			const arrLen = arr.length;
			if (arrLen === 0) return ast.setMeta("evaluate", emptyMap) && chk.getType("map<K, V>");
			const check = chk.opts.homogeneousAggregateLiterals ? checkElementHomogenous : checkElement;
			let keyType = chk.check(arr[0][0], ctx);
			let valueType = chk.check(arr[0][1], ctx);
			for (let i = 1; i < arrLen; i++) {
				const e = arr[i];
				keyType = check(chk, ctx, keyType, e[0], "heterogeneous_map_key");
				valueType = check(chk, ctx, valueType, e[1], "heterogeneous_map_value");
			}
			return chk.registry.getMapType(keyType, valueType);
		},
		evaluate(ev, ast, ctx) {
			const astEntries = ast.args;
			const len = astEntries.length;
			const results = new Array(len);
			let async;
			for (let i = 0; i < len; i++) {
				const e = astEntries[i];
				const k = ev.run(e[0], ctx);
				const v = ev.run(e[1], ctx);
				if (k instanceof Promise || v instanceof Promise) {
					results[i] = Promise.all([k, v]);
					async ??= true;
				} else results[i] = [k, v];
			}
			if (async) return Promise.all(results).then(safeFromEntries);
			return safeFromEntries(results);
		}
	},
	comprehension: {
		check(chk, ast, ctx) {
			const args = ast.args;
			args.iterCtx = ctx.forkWithVariable(args.iterVarName, comprehensionElementType(chk, args.iterable, ctx)).setAccuType(chk.check(args.init, ctx));
			const stepType = chk.check(args.step, args.iterCtx);
			const handler = args.errorsAreFatal ? runComprehension : runQualifier;
			ast.handle = maybeAsync(args.iterable, false, handler);
			if (args.kind === "quantifier") return chk.boolType;
			return stepType;
		},
		evaluate(ev, ast, ctx) {
			return ast.handle(ev.run(ast.args.iterable, ctx), ast.args, ev, ctx);
		}
	},
	accuValue: {
		check(_chk, _ast, ctx) {
			return ctx.accuType;
		},
		evaluate(_ev, _ast, ctx) {
			return ctx.accuValue;
		}
	},
	accuInc: {
		check(_chk, _ast, ctx) {
			return ctx.accuType;
		},
		evaluate(_ev, _ast, ctx) {
			return ctx.accuValue += 1;
		}
	},
	accuPush: {
		check(chk, ast, ctx) {
			const listType = ctx.accuType;
			const itemType = chk.check(ast.args, ctx);
			if (!ast.args.maybeAsync) ast.setMeta("evaluate", OPERATORS.accuPush.evaluateSync);
			if (listType.kind === "list" && listType.valueType.kind !== "param") return listType;
			return chk.registry.getListType(itemType);
		},
		evaluateSync(ev, ast, ctx) {
			return ctx.accuValue.push(ev.run(ast.args, ctx)), ctx.accuValue;
		},
		evaluate(ev, ast, ctx) {
			const arr = ctx.accuValue;
			const el = ev.run(ast.args, ctx);
			if (el instanceof Promise) return el.then((_e) => arr.push(_e) && arr);
			arr.push(el);
			return arr;
		}
	},
	"?:": {
		alias: "ternary",
		check(chk, ast, ctx) {
			const condast = ast.condition = ast.args[0];
			const leftast = ast.left = ast.args[1];
			const rightast = ast.right = ast.args[2];
			const condType = chk.check(condast, ctx);
			if (!condType.isDynOrBool()) throw chk.createError("invalid_condition_type", `${condast.meta.label || "Ternary condition must be bool"}, got '${chk.formatType(condType)}'`, condast);
			const leftType = chk.check(leftast, ctx);
			const rightType = chk.check(rightast, ctx);
			const unified = leftType.unify(chk.registry, rightType);
			ast.handle = maybeAsync(condast, false, handleTernary);
			if (unified) return unified;
			throw chk.createError("incompatible_ternary_branches", `Ternary branches must have the same type, got '${chk.formatType(leftType)}' and '${chk.formatType(rightType)}'`, ast);
		},
		evaluate(ev, ast, ctx) {
			return ast.handle(ev.run(ast.condition, ctx), ev, ast, ctx);
		}
	},
	"||": {
		check: checkLogicalOp,
		evaluate(ev, ast, ctx) {
			const l = ev.tryEval(ast.left, ctx);
			if (l === true) return true;
			if (l === false) {
				const right = ev.run(ast.right, ctx);
				if (typeof right === "boolean") return right;
				return _logicalOp(true, ev, ast, l, right);
			}
			if (l instanceof Promise) return l.then((_l) => _l === true ? _l : _logicalOp(true, ev, ast, _l, ev.run(ast.right, ctx)));
			return _logicalOp(true, ev, ast, l, ev.run(ast.right, ctx));
		}
	},
	"&&": {
		check: checkLogicalOp,
		evaluate(ev, ast, ctx) {
			const l = ev.tryEval(ast.left, ctx);
			if (l === false) return false;
			if (l === true) {
				const right = ev.run(ast.right, ctx);
				if (typeof right === "boolean") return right;
				return _logicalOp(false, ev, ast, l, right);
			}
			if (l instanceof Promise) return l.then((_l) => _l === false ? _l : _logicalOp(false, ev, ast, _l, ev.run(ast.right, ctx)));
			return _logicalOp(false, ev, ast, l, ev.run(ast.right, ctx));
		}
	},
	"!_": {
		alias: "unaryNot",
		check: checkUnary,
		evaluate: evaluateUnary
	},
	"-_": {
		alias: "unaryMinus",
		check: checkUnary,
		evaluate: evaluateUnary
	}
};
for (const op of [
	"!=",
	"==",
	"in",
	"+",
	"-",
	"*",
	"/",
	"%",
	"<",
	"<=",
	">",
	">="
]) OPERATORS[op] = {
	check: checkBinary,
	evaluate: evaluateBinary
};
for (const op of objKeys(OPERATORS)) {
	const obj = OPERATORS[op];
	obj.name = op;
	if (obj.alias) OPERATORS[obj.alias] = obj;
}
// node_modules/@marcbachmann/cel-js/lib/macros.js
var identity = (x) => x;
function assertIdentifier(node, message) {
	if (node.op === "id") return node.args;
	throw parseError("invalid_macro_argument", message, node);
}
function createMapExpander(hasFilter) {
	const functionDesc = hasFilter ? "map(var, filter, transform)" : "map(var, transform)";
	const invalidMsg = `${functionDesc} invalid predicate iteration variable`;
	const label = `${functionDesc} filter predicate must return bool`;
	return ({ args, receiver, ast: callAst }) => {
		const [iterVar, predicate, transform] = hasFilter ? args : [
			args[0],
			null,
			args[1]
		];
		let step = transform.clone(OPERATORS.accuPush, transform);
		if (predicate) {
			const accuValue = predicate.clone(OPERATORS.accuValue);
			step = predicate.clone(OPERATORS.ternary, [
				predicate.setMeta("label", label),
				step,
				accuValue
			]);
		}
		return { callAst: callAst.clone(OPERATORS.comprehension, {
			errorsAreFatal: true,
			iterable: receiver,
			iterVarName: assertIdentifier(iterVar, invalidMsg),
			init: callAst.clone(OPERATORS.list, []),
			step,
			result: identity
		}) };
	};
}
function createFilterExpander() {
	const functionDesc = "filter(var, predicate)";
	const invalidMsg = `${functionDesc} invalid predicate iteration variable`;
	const label = `${functionDesc} predicate must return bool`;
	return ({ args, receiver, ast: callAst }) => {
		const iterVarName = assertIdentifier(args[0], invalidMsg);
		const accuValue = callAst.clone(OPERATORS.accuValue);
		const predicate = args[1].setMeta("label", label);
		const appendItem = callAst.clone(OPERATORS.accuPush, callAst.clone(OPERATORS.id, iterVarName));
		const step = predicate.clone(OPERATORS.ternary, [
			predicate,
			appendItem,
			accuValue
		]);
		return { callAst: callAst.clone(OPERATORS.comprehension, {
			errorsAreFatal: true,
			iterable: receiver,
			iterVarName,
			init: callAst.clone(OPERATORS.list, []),
			step,
			result: identity
		}) };
	};
}
function createQuantifierExpander(opts) {
	const invalidMsg = `${opts.name}(var, predicate) invalid predicate iteration variable`;
	const label = `${opts.name}(var, predicate) predicate must return bool`;
	return ({ args, receiver, ast: callAst }) => {
		const predicate = args[1].setMeta("label", label);
		const transform = opts.transform({
			args,
			ast: callAst,
			predicate,
			opts
		});
		return { callAst: callAst.clone(OPERATORS.comprehension, {
			kind: "quantifier",
			errorsAreFatal: opts.errorsAreFatal || false,
			iterable: receiver,
			iterVarName: assertIdentifier(args[0], invalidMsg),
			init: transform.init,
			condition: transform.condition,
			step: transform.step,
			result: transform.result || identity
		}) };
	};
}
function createHasExpander() {
	const invalidHasArgument = "has() invalid argument";
	function evaluate(ev, macro, ctx) {
		const nodes = macro.macroHasProps;
		let i = nodes.length;
		let obj = ev.run(nodes[--i], ctx);
		let inOptionalContext;
		while (i--) {
			const node = nodes[i];
			if (node.op === ".?") inOptionalContext ??= true;
			obj = ev.debugType(obj).fieldLazy(obj, node.args[1], node, ev);
			if (obj !== void 0) continue;
			if (!(!inOptionalContext && i && node.op === ".")) break;
			throw evaluationError("no_such_key", `No such key: ${node.args[1]}`, node);
		}
		return obj !== void 0;
	}
	function typeCheck(checker, macro, ctx) {
		let node = macro.args[0];
		if (node.op !== ".") throw checker.createError("invalid_macro_argument", invalidHasArgument, node);
		if (!macro.macroHasProps) {
			const props = [];
			while (node.op === "." || node.op === ".?") node = props.push(node) && node.args[0];
			if (node.op !== "id") throw checker.createError("invalid_macro_argument", invalidHasArgument, node);
			checker.check(node, ctx);
			props.push(node);
			macro.macroHasProps = props;
		}
		return checker.getType("bool");
	}
	return function({ args }) {
		return {
			args,
			evaluate,
			typeCheck,
			async: false
		};
	};
}
function registerMacros(registry) {
	const functionOverload = (sig, handler) => registry.registerFunctionOverload(sig, handler);
	functionOverload("has(ast): bool", createHasExpander());
	functionOverload("list.all(ast, ast): bool", createQuantifierExpander({
		name: "all",
		transform({ ast: callAst, predicate, opts }) {
			return {
				init: callAst.clone(OPERATORS.value, true),
				condition: identity,
				step: predicate.clone(OPERATORS.ternary, [
					predicate,
					predicate.clone(OPERATORS.value, true),
					predicate.clone(OPERATORS.value, false)
				])
			};
		}
	}));
	functionOverload("list.exists(ast, ast): bool", createQuantifierExpander({
		name: "exists",
		condition(accu) {
			return !accu;
		},
		transform({ ast: callAst, predicate, opts }) {
			return {
				init: callAst.clone(OPERATORS.value, false),
				condition: opts.condition,
				step: predicate.clone(OPERATORS.ternary, [
					predicate,
					predicate.clone(OPERATORS.value, true),
					predicate.clone(OPERATORS.value, false)
				])
			};
		}
	}));
	functionOverload("list.exists_one(ast, ast): bool", createQuantifierExpander({
		name: "exists_one",
		errorsAreFatal: true,
		result(accu) {
			return accu === 1;
		},
		transform({ ast: callAst, predicate, opts }) {
			const accuValue = callAst.clone(OPERATORS.accuValue);
			return {
				init: callAst.clone(OPERATORS.value, 0),
				step: predicate.clone(OPERATORS.ternary, [
					predicate,
					callAst.clone(OPERATORS.accuInc),
					accuValue
				]),
				result: opts.result
			};
		}
	}));
	functionOverload("list.map(ast, ast): list<dyn>", createMapExpander(false));
	functionOverload("list.map(ast, ast, ast): list<dyn>", createMapExpander(true));
	functionOverload("list.filter(ast, ast): list<dyn>", createFilterExpander());
	class CelNamespace {}
	const celNamespace = new CelNamespace();
	registry.registerType("CelNamespace", CelNamespace);
	registry.registerConstant("cel", "CelNamespace", celNamespace);
	function bindTypeCheck(checker, m, ctx) {
		m.bindCtx = ctx.forkWithVariable(m.var, checker.check(m.val, ctx));
		const type = checker.check(m.exp, m.bindCtx);
		if (m.val.maybeAsync || m.exp.maybeAsync) return type;
		m.ast.setMeta("async", false);
		m.evaluate = bindEvaluateSync;
		return type;
	}
	function bindOptionalEvaluate(ev, exp, bindCtx, ctx, boundValue) {
		const res = ev.run(exp, ctx = bindCtx.reuse(ctx).setIterValue(boundValue, ev));
		if (res instanceof Promise && ctx === bindCtx) ctx.async = true;
		return res;
	}
	function bindEvaluate(ev, { val, exp, bindCtx }, ctx) {
		const v = ev.run(val, ctx);
		if (v instanceof Promise) return v.then((_v) => bindOptionalEvaluate(ev, exp, bindCtx, ctx, _v));
		return bindOptionalEvaluate(ev, exp, bindCtx, ctx, v);
	}
	function bindEvaluateSync(ev, { val, exp, bindCtx }, ctx) {
		return ev.run(exp, bindCtx.reuse(ctx).setIterValue(ev.run(val, ctx), ev));
	}
	functionOverload("CelNamespace.bind(ast, dyn, ast): dyn", ({ ast, args }) => {
		return {
			ast,
			var: assertIdentifier(args[0], "invalid variable argument"),
			val: args[1],
			exp: args[2],
			bindCtx: void 0,
			typeCheck: bindTypeCheck,
			evaluate: bindEvaluate
		};
	});
}
// node_modules/@marcbachmann/cel-js/lib/overloads.js
function registerOverloads(registry) {
	const unaryOverload = (op, t, h, ret) => registry.unaryOverload(op, t, h, ret, false);
	const binaryOverload = (l, op, r, h, ret) => registry.binaryOverload(l, op, r, h, ret, false);
	function verifyInteger(v, ast) {
		if (v <= 9223372036854775807n && v >= -9223372036854775808n) return v;
		throw evaluationError("numeric_overflow", `integer overflow: ${v}`, ast);
	}
	function throwDivisionByZero(ast) {
		throw evaluationError("division_by_zero", "division by zero", ast);
	}
	function throwModuloByZero(ast) {
		throw evaluationError("modulo_by_zero", "modulo by zero", ast);
	}
	unaryOverload("!", "bool", (a) => !a);
	unaryOverload("-", "int", (a) => -a);
	binaryOverload("dyn<int>", `==`, `double`, (a, b) => a == b);
	binaryOverload("dyn<int>", `==`, `uint`, (a, b) => a == b.valueOf());
	binaryOverload("int", "*", "int", (a, b, ast) => verifyInteger(a * b, ast));
	binaryOverload("int", "+", "int", (a, b, ast) => verifyInteger(a + b, ast));
	binaryOverload("int", "-", "int", (a, b, ast) => verifyInteger(a - b, ast));
	binaryOverload("int", "/", "int", (a, b, ast) => {
		if (b === 0n) return throwDivisionByZero(ast);
		return a / b;
	});
	binaryOverload("int", "%", "int", (a, b, ast) => {
		if (b === 0n) return throwModuloByZero(ast);
		return a % b;
	});
	unaryOverload("-", "double", (a) => -a);
	binaryOverload("double", "*", "double", (a, b) => a * b);
	binaryOverload("double", "+", "double", (a, b) => a + b);
	binaryOverload("double", "-", "double", (a, b) => a - b);
	binaryOverload("double", "/", "double", (a, b) => a / b);
	binaryOverload("string", "+", "string", (a, b) => a + b);
	binaryOverload("list<V>", "+", "list<V>", (a, b) => [...a, ...b]);
	binaryOverload("bytes", "+", "bytes", (a, b) => {
		if (!a.length) return b;
		if (!b.length) return a;
		const result = new Uint8Array(a.length + b.length);
		result.set(a, 0);
		result.set(b, a.length);
		return result;
	});
	const GPD = "google.protobuf.Duration";
	binaryOverload(GPD, "+", GPD, (a, b) => a.addDuration(b));
	binaryOverload(GPD, "-", GPD, (a, b) => a.subtractDuration(b));
	binaryOverload(GPD, "==", GPD, (a, b) => a.seconds === b.seconds && a.nanos === b.nanos);
	const GPT = "google.protobuf.Timestamp";
	binaryOverload(GPT, "==", GPT, (a, b) => a.getTime() === b.getTime());
	binaryOverload(GPT, "-", GPT, (a, b) => Duration.fromMilliseconds(a.getTime() - b.getTime()), GPD);
	binaryOverload(GPT, "-", GPD, (a, b) => b.subtractTimestamp(a));
	binaryOverload(GPT, "+", GPD, (a, b) => b.extendTimestamp(a));
	binaryOverload(GPD, "+", GPT, (a, b) => a.extendTimestamp(b));
	function listIncludes(value, list, ast, ev) {
		if (list instanceof Set && list.has(value)) return true;
		for (const v of list) if (isEqual(value, v, ast, ev)) return true;
		return false;
	}
	function mapIncludes(a, b) {
		if (b instanceof Map) return b.get(a) !== void 0;
		return hasOwn(b, a) ? b[a] !== void 0 : false;
	}
	function listMembership(value, list, ast, ev) {
		return listIncludes(value, list, ast, ev);
	}
	binaryOverload("V", "in", "list<V>", listMembership);
	binaryOverload("K", "in", "map<K, V>", mapIncludes);
	for (const t of [
		"type",
		"null",
		"bool",
		"string",
		"int",
		"double"
	]) binaryOverload(t, "==", t, (a, b) => a === b);
	binaryOverload("bytes", `==`, "bytes", (a, b) => {
		if (a === b) return true;
		let i = a.length;
		if (i !== b.length) return false;
		while (i--) if (a[i] !== b[i]) return false;
		return true;
	});
	binaryOverload("list<V>", `==`, "list<V>", (a, b, ast, ev) => {
		if (a === b) return true;
		if (isArray(a) && isArray(b)) {
			const length = a.length;
			if (length !== b.length) return false;
			for (let i = 0; i < length; i++) if (!isEqual(a[i], b[i], ast, ev)) return false;
			return true;
		}
		if (a instanceof Set && b instanceof Set) {
			if (a.size !== b.size) return false;
			for (const value of a) if (!b.has(value)) return false;
			return true;
		}
		const arr = a instanceof Set ? b : a;
		const set = a instanceof Set ? a : b;
		if (!isArray(arr)) return false;
		if (arr.length !== set?.size) return false;
		for (let i = 0; i < arr.length; i++) if (!set.has(arr[i])) return false;
		return true;
	});
	binaryOverload("map<K, V>", `==`, "map<K, V>", (a, b, ast, ev) => {
		if (a === b) return true;
		if (a instanceof Map && b instanceof Map) {
			if (a.size !== b.size) return false;
			for (const [key, value] of a) if (!(b.has(key) && isEqual(value, b.get(key), ast, ev))) return false;
			return true;
		}
		if (a instanceof Map || b instanceof Map) {
			const obj = a instanceof Map ? b : a;
			const map = a instanceof Map ? a : b;
			const keysObj = objKeys(obj);
			if (map.size !== keysObj.length) return false;
			for (const [key, value] of map) if (!(key in obj && isEqual(value, obj[key], ast, ev))) return false;
			return true;
		}
		const keysA = objKeys(a);
		const keysB = objKeys(b);
		if (keysA.length !== keysB.length) return false;
		for (let i = 0; i < keysA.length; i++) {
			const key = keysA[i];
			if (!(key in b && isEqual(a[key], b[key], ast, ev))) return false;
		}
		return true;
	});
	binaryOverload("uint", "==", "uint", (a, b) => a.valueOf() === b.valueOf());
	binaryOverload("dyn<uint>", `==`, `double`, (a, b) => a.valueOf() == b);
	binaryOverload("uint", "+", "uint", (a, b) => new UnsignedInt(a.valueOf() + b.valueOf()));
	binaryOverload("uint", "-", "uint", (a, b) => new UnsignedInt(a.valueOf() - b.valueOf()));
	binaryOverload("uint", "*", "uint", (a, b) => new UnsignedInt(a.valueOf() * b.valueOf()));
	binaryOverload("uint", "/", "uint", (a, b, ast) => {
		if (b.valueOf() === 0n) return throwDivisionByZero(ast);
		return new UnsignedInt(a.valueOf() / b.valueOf());
	});
	binaryOverload("uint", "%", "uint", (a, b, ast) => {
		if (b.valueOf() === 0n) return throwModuloByZero(ast);
		return new UnsignedInt(a.valueOf() % b.valueOf());
	});
	for (const [left, right] of [
		["bool", "bool"],
		["int", "int"],
		["uint", "uint"],
		["double", "double"],
		["string", "string"],
		["google.protobuf.Timestamp", "google.protobuf.Timestamp"],
		["google.protobuf.Duration", "google.protobuf.Duration"],
		["int", "uint"],
		["int", "double"],
		["double", "int"],
		["double", "uint"],
		["uint", "int"],
		["uint", "double"]
	]) {
		binaryOverload(left, "<", right, (a, b) => a < b);
		binaryOverload(left, "<=", right, (a, b) => a <= b);
		binaryOverload(left, ">", right, (a, b) => a > b);
		binaryOverload(left, ">=", right, (a, b) => a >= b);
	}
}
function isEqual(a, b, ast, ev) {
	if (a === b) return true;
	switch (typeof a) {
		case "undefined":
		case "string":
		case "boolean": return false;
		case "bigint":
			if (typeof b === "number") return a == b;
			return false;
		case "number":
			if (typeof b === "bigint") return a == b;
			return false;
		case "object":
			if (typeof b !== "object") return false;
			const leftType = ev.debugType(a);
			const rightType = ev.debugType(b);
			if (leftType !== rightType) return false;
			const overload = ev.registry.findBinaryOverload("==", leftType, rightType);
			if (!overload) return false;
			return overload.handler(a, b, ast, ev);
	}
	throw evaluationError("invalid_comparison_type", `Cannot compare values of type ${typeof a}`, ast);
}
// node_modules/@marcbachmann/cel-js/lib/type-checker.js
var toDynTypeBinding = (/* @__PURE__ */ new Map()).set("A", "dyn").set("T", "dyn").set("K", "dyn").set("V", "dyn");
/**
* TypeChecker performs static type analysis on CEL expressions
* without executing them. It validates:
* - Variable existence and types
* - Function signatures and overloads
* - Operator compatibility using the actual overload registry
* - Property and index access validity
*/
var TypeChecker = class extends Base {
	constructor(opts, isEvaluating) {
		super(opts);
		this.createError = isEvaluating ? evaluationError : typeError;
	}
	/**
	* Check an expression and return its inferred type
	* @param {Array|any} ast - The AST node to check
	* @returns {Object} The inferred type declaration
	* @throws {TypeError} If type checking fails
	*/
	check(ast, ctx) {
		try {
			return ast.checkedType ??= ast.check(this, ast, ctx);
		} catch (error) {
			throw attachErrorAst(error, ast);
		}
	}
	checkAccessOnType(ast, ctx, leftType, allowMissingField = false) {
		if (leftType === this.dynType) return leftType;
		const indexTypeName = (ast.op === "[]" || ast.op === "[?]" ? this.check(ast.args[1], ctx) : this.stringType).type;
		if (leftType.kind === "list") {
			if (indexTypeName === "int" || indexTypeName === "dyn") return leftType.valueType;
			throw this.createError("invalid_index_type", `List index must be int, got '${indexTypeName}'`, ast);
		}
		if (leftType.kind === "map") return leftType.valueType;
		const customType = this.objectTypes.get(leftType.name);
		if (customType) {
			if (!(indexTypeName === "string" || indexTypeName === "dyn")) throw this.createError("invalid_index_type", `Cannot index type '${leftType.name}' with type '${indexTypeName}'`, ast);
			if (customType.fields) {
				let keyName;
				if (ast.op === "." || ast.op === ".?") keyName = ast.args[1];
				else if (ast.args[1].op === "value") keyName = ast.args[1].args;
				if (typeof keyName === "string") {
					const fieldType = customType.fields[keyName];
					if (fieldType) return fieldType;
					if (allowMissingField) return this.dynType;
					throw this.createError("no_such_key", `No such key: ${keyName}`, ast);
				}
			}
			return this.dynType;
		}
		throw this.createError("cannot_index_type", `Cannot index type '${this.formatType(leftType)}'`, ast);
	}
	formatType(type) {
		if (!type.hasPlaceholderType) return type.name;
		return type.templated(this.registry, toDynTypeBinding).name;
	}
	formatTypeList(types) {
		return types.map((t) => this.formatType(t)).join(", ");
	}
};
// node_modules/@marcbachmann/cel-js/lib/parser.js
var TOKEN = {
	EOF: 0,
	NUMBER: 1,
	STRING: 2,
	BOOLEAN: 3,
	NULL: 4,
	IDENTIFIER: 5,
	PLUS: 6,
	MINUS: 7,
	MULTIPLY: 8,
	DIVIDE: 9,
	MODULO: 10,
	EQ: 11,
	NE: 12,
	LT: 13,
	LE: 14,
	GT: 15,
	GE: 16,
	AND: 17,
	OR: 18,
	NOT: 19,
	IN: 20,
	LPAREN: 21,
	RPAREN: 22,
	LBRACKET: 23,
	RBRACKET: 24,
	LBRACE: 25,
	RBRACE: 26,
	DOT: 27,
	COMMA: 28,
	COLON: 29,
	QUESTION: 30,
	BYTES: 31
};
var OP_FOR_TOKEN = {
	[TOKEN.EQ]: OPERATORS["=="],
	[TOKEN.PLUS]: OPERATORS["+"],
	[TOKEN.MINUS]: OPERATORS["-"],
	[TOKEN.MULTIPLY]: OPERATORS["*"],
	[TOKEN.DIVIDE]: OPERATORS["/"],
	[TOKEN.MODULO]: OPERATORS["%"],
	[TOKEN.LE]: OPERATORS["<="],
	[TOKEN.LT]: OPERATORS["<"],
	[TOKEN.GE]: OPERATORS[">="],
	[TOKEN.GT]: OPERATORS[">"],
	[TOKEN.NE]: OPERATORS["!="],
	[TOKEN.IN]: OPERATORS["in"]
};
var TOKEN_BY_NUMBER = {};
for (const key in TOKEN) TOKEN_BY_NUMBER[TOKEN[key]] = key;
var HEX_CODES = /* @__PURE__ */ new Uint8Array(128);
for (const ch of "0123456789abcdefABCDEF") HEX_CODES[ch.charCodeAt(0)] = 1;
var ESCAPE_ERRORS = {
	bytes_unicode_escape: (e) => `\\${e} not allowed in bytes literals`,
	invalid_unicode_escape: (e) => `Invalid Unicode escape: \\${e}`,
	invalid_unicode_surrogate: (e) => `Invalid Unicode surrogate: \\${e}`,
	invalid_hex_escape: (e) => `Invalid hex escape: \\${e}`,
	invalid_octal_escape: () => "Octal escape must be 3 digits",
	octal_escape_out_of_range: (e) => `Octal escape out of range: \\${e}`,
	invalid_escape_sequence: (e) => `Invalid escape sequence: \\${e}`
};
var STRING_ESCAPES = {
	"\\": "\\",
	"?": "?",
	"\"": "\"",
	"'": "'",
	"`": "`",
	a: "\x07",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	",
	v: "\v"
};
var ASTNode = class ASTNode {
	#meta;
	#input;
	constructor(input, pos, start, end, op, args) {
		this.#meta = {
			check: op.check,
			evaluate: op.evaluate
		};
		this.#input = input;
		this.op = op.name;
		this.args = args;
		this.pos = pos;
		this.start = start;
		this.end = end;
	}
	clone(op, args) {
		return new ASTNode(this.#input, this.pos, this.start, this.end, op, args);
	}
	get meta() {
		return this.#meta;
	}
	get input() {
		return this.#input;
	}
	#computeIsAsync() {
		const ast = this.#meta.alternate ?? this;
		switch (ast.op) {
			case "value":
			case "id":
			case "accuValue":
			case "accuInc": return false;
			case "accuPush": return ast.args.maybeAsync;
			case "!_":
			case "-_":
				if (ast.candidates?.async !== false) return true;
				return ast.args.maybeAsync;
			case "!=":
			case "==":
			case "in":
			case "+":
			case "-":
			case "*":
			case "/":
			case "%":
			case "<":
			case "<=":
			case ">":
			case ">=":
				if (ast.candidates?.async !== false) return true;
				return ast.args.some((a) => a.maybeAsync);
			case "call":
			case "rcall":
				if (ast.candidates?.async !== false) return true;
				return (ast.receiverWithArgs || ast.args[1]).some((a) => a.maybeAsync);
			case "comprehension": return ast.args.iterable.maybeAsync || ast.args.step.maybeAsync;
			case ".":
			case ".?": return ast.args[0].maybeAsync;
			case "?:":
			case "list":
			case "[]":
			case "[?]": return ast.args.some((a) => a.maybeAsync);
			case "||":
			case "&&": return ast.args.some((a) => a.maybeAsync);
			case "map": return ast.args.some((a) => a[0].maybeAsync || a[1].maybeAsync);
			default: return true;
		}
	}
	/**
	* Check whether we can optimize away async calling
	* If no ast members includes a function, we can optimize the call
	* for which we want to return true here.
	* @returns {boolean}
	*/
	get maybeAsync() {
		return this.#meta.async ??= this.#computeIsAsync();
	}
	check(chk, ast, ctx) {
		const meta = this.#meta;
		if (meta.alternate) return chk.check(meta.alternate, ctx);
		else if (meta.macro) return meta.macro.typeCheck(chk, meta.macro, ctx);
		return meta.check(chk, ast, ctx);
	}
	evaluate(ev, ast, ctx) {
		const meta = this.#meta;
		if (meta.alternate) this.evaluate = this.#evaluateAlternate;
		else if (meta.macro) this.evaluate = this.#evaluateMacro;
		else this.evaluate = meta.evaluate;
		return this.evaluate(ev, ast, ctx);
	}
	#evaluateAlternate(ev, ast, ctx) {
		return (ast = this.#meta.alternate).evaluate(ev, ast, ctx);
	}
	#evaluateMacro(ev, ast, ctx) {
		return (ast = this.#meta.macro).evaluate(ev, ast, ctx);
	}
	setMeta(key, value) {
		return this.#meta[key] = value, this;
	}
	get range() {
		return {
			start: this.start,
			end: this.end
		};
	}
	toOldStructure() {
		const args = Array.isArray(this.args) ? this.args : [this.args];
		return [this.op, ...args.map((a) => a instanceof ASTNode ? a.toOldStructure() : a)];
	}
};
var Lexer = class {
	input;
	pos;
	length;
	tokenPos;
	tokenType;
	tokenValue;
	reset(input) {
		this.pos = 0;
		this.input = input;
		this.length = input.length;
		return input;
	}
	token(pos, type, value) {
		this.tokenPos = pos;
		this.tokenType = type;
		this.tokenValue = value;
		return this;
	}
	nextToken() {
		while (true) {
			const { pos, input, length } = this;
			if (pos >= length) return this.token(pos, TOKEN.EOF);
			const ch = input[pos];
			switch (ch) {
				case " ":
				case "	":
				case "\n":
				case "\r":
					this.pos++;
					continue;
				case "=":
					if (input[pos + 1] !== "=") break;
					return this.token((this.pos += 2) - 2, TOKEN.EQ);
				case "&":
					if (input[pos + 1] !== "&") break;
					return this.token((this.pos += 2) - 2, TOKEN.AND);
				case "|":
					if (input[pos + 1] !== "|") break;
					return this.token((this.pos += 2) - 2, TOKEN.OR);
				case "+": return this.token(this.pos++, TOKEN.PLUS);
				case "-": return this.token(this.pos++, TOKEN.MINUS);
				case "*": return this.token(this.pos++, TOKEN.MULTIPLY);
				case "/":
					if (input[pos + 1] === "/") {
						while (this.pos < length && this.input[this.pos] !== "\n") this.pos++;
						continue;
					}
					return this.token(this.pos++, TOKEN.DIVIDE);
				case "%": return this.token(this.pos++, TOKEN.MODULO);
				case "<":
					if (input[pos + 1] === "=") return this.token((this.pos += 2) - 2, TOKEN.LE);
					return this.token(this.pos++, TOKEN.LT);
				case ">":
					if (input[pos + 1] === "=") return this.token((this.pos += 2) - 2, TOKEN.GE);
					return this.token(this.pos++, TOKEN.GT);
				case "!":
					if (input[pos + 1] === "=") return this.token((this.pos += 2) - 2, TOKEN.NE);
					return this.token(this.pos++, TOKEN.NOT);
				case "(": return this.token(this.pos++, TOKEN.LPAREN);
				case ")": return this.token(this.pos++, TOKEN.RPAREN);
				case "[": return this.token(this.pos++, TOKEN.LBRACKET);
				case "]": return this.token(this.pos++, TOKEN.RBRACKET);
				case "{": return this.token(this.pos++, TOKEN.LBRACE);
				case "}": return this.token(this.pos++, TOKEN.RBRACE);
				case ".": return this.token(this.pos++, TOKEN.DOT);
				case ",": return this.token(this.pos++, TOKEN.COMMA);
				case ":": return this.token(this.pos++, TOKEN.COLON);
				case "?": return this.token(this.pos++, TOKEN.QUESTION);
				case `"`:
				case `'`: return this.readString(ch);
				case "b":
				case "B":
				case "r":
				case "R": {
					const next = input[pos + 1];
					if (next === "\"" || next === "'") return ++this.pos && this.readString(next, ch);
					return this.readIdentifier();
				}
				default: {
					const code = ch.charCodeAt(0);
					if (code <= 57 && code >= 48) return this.readNumber();
					if (this._isIdentifierCharCode(code)) return this.readIdentifier();
				}
			}
			throw parseError("unexpected_character", `Unexpected character: ${ch}`, {
				pos,
				start: pos,
				end: pos + 1,
				input
			});
		}
	}
	_isIdentifierCharCode(c) {
		if (c < 48 || c > 122) return false;
		return c >= 97 || c >= 65 && c <= 90 || c <= 57 || c === 95;
	}
	_parseAsDouble(start, end) {
		const value = Number(this.input.substring(start, end));
		if (Number.isFinite(value)) return this.token(start, TOKEN.NUMBER, value);
		throw parseError("invalid_number", `Invalid number: ${value}`, {
			pos: start,
			start,
			end,
			input: this.input
		});
	}
	_parseAsBigInt(start, end, isHex, unsigned) {
		const string = this.input.substring(start, end);
		if (unsigned === "u" || unsigned === "U") {
			this.pos++;
			try {
				return this.token(start, TOKEN.NUMBER, new UnsignedInt(string));
			} catch (_err) {}
		} else try {
			return this.token(start, TOKEN.NUMBER, BigInt(string));
		} catch (_err) {}
		throw parseError(isHex ? "invalid_hex_integer" : "invalid_integer", isHex ? `Invalid hex integer: ${string}` : `Invalid integer: ${string}`, {
			pos: start,
			start,
			end: this.pos,
			input: this.input
		});
	}
	_readDigits(input, length, pos, code) {
		while (pos < length && (code = input.charCodeAt(pos)) && !(code > 57 || code < 48)) pos++;
		return pos;
	}
	_readExponent(input, length, pos) {
		let ch = pos < length && input[pos];
		if (ch === "e" || ch === "E") {
			ch = ++pos < length && input[pos];
			if (ch === "-" || ch === "+") pos++;
			const start = pos;
			pos = this._readDigits(input, length, pos);
			if (start === pos) throw parseError("invalid_exponent", "Invalid exponent", {
				pos,
				start: pos,
				end: Math.min(pos + 1, input.length),
				input
			});
		}
		return pos;
	}
	readNumber() {
		const { input, length, pos: start } = this;
		let pos = start;
		if (input[pos] === "0" && (input[pos + 1] === "x" || input[pos + 1] === "X")) {
			pos += 2;
			while (pos < length && HEX_CODES[input[pos].charCodeAt(0)]) pos++;
			return this._parseAsBigInt(start, this.pos = pos, true, input[pos]);
		}
		pos = this._readDigits(input, length, pos);
		if (pos + 1 < length) {
			let isDouble = false;
			let afterpos = input[pos] === "." ? this._readDigits(input, length, pos + 1) : pos + 1;
			if (afterpos !== pos + 1) (isDouble = true) && (pos = afterpos);
			afterpos = this._readExponent(input, length, pos);
			if (afterpos !== pos) (isDouble = true) && (pos = afterpos);
			if (isDouble) return this._parseAsDouble(start, this.pos = pos);
		}
		return this._parseAsBigInt(start, this.pos = pos, false, input[pos]);
	}
	readString(del, prefix) {
		const { input: i, pos: s } = this;
		if (i[s + 1] === del && i[s + 2] === del) return this.readTripleQuotedString(del, prefix);
		return this.readSingleQuotedString(del, prefix);
	}
	_closeQuotedString(rawStart, rawValue, prefix, pos) {
		switch (prefix) {
			case "b":
			case "B": {
				const processed = this.processEscapes(rawStart, rawValue, true);
				const bytes = new Uint8Array(processed.length);
				for (let i = 0; i < processed.length; i++) bytes[i] = processed.charCodeAt(i) & 255;
				return this.token(pos - 1, TOKEN.BYTES, bytes);
			}
			case "r":
			case "R": return this.token(pos - 1, TOKEN.STRING, rawValue);
			default: {
				const value = this.processEscapes(rawStart, rawValue, false);
				return this.token(pos, TOKEN.STRING, value);
			}
		}
	}
	readSingleQuotedString(delimiter, prefix) {
		const { input, length, pos: start } = this;
		let ch;
		let pos = this.pos + 1;
		while (pos < length && (ch = input[pos])) {
			switch (ch) {
				case delimiter:
					const rawStart = start + 1;
					const rawValue = input.slice(rawStart, pos);
					this.pos = ++pos;
					return this._closeQuotedString(rawStart, rawValue, prefix, start);
				case "\n":
				case "\r": throw parseError("newline_in_string", "Newlines not allowed in single-quoted strings", {
					pos,
					start: pos,
					end: pos + 1,
					input
				});
				case "\\": pos++;
			}
			pos++;
		}
		throw parseError("unterminated_string", "Unterminated string", {
			pos: start,
			start,
			end: input.length,
			input
		});
	}
	readTripleQuotedString(delimiter, prefix) {
		const { input, length, pos: start } = this;
		let ch;
		let pos = this.pos + 3;
		while (pos < length && (ch = input[pos])) {
			switch (ch) {
				case delimiter:
					if (input[pos + 1] === delimiter && input[pos + 2] === delimiter) {
						const rawStart = start + 3;
						const rawValue = input.slice(rawStart, pos);
						this.pos = pos + 3;
						return this._closeQuotedString(rawStart, rawValue, prefix, start);
					}
					break;
				case "\\": pos++;
			}
			pos++;
		}
		throw parseError("unterminated_triple_quoted_string", "Unterminated triple-quoted string", {
			pos: start,
			start,
			end: input.length,
			input
		});
	}
	#escapeErr(code, offset, len, i, chars, extra) {
		const start = offset + i;
		return parseError(code, ESCAPE_ERRORS[code](extra), {
			input: this.input,
			pos: start,
			start,
			end: Math.min(start + chars, offset + len)
		});
	}
	processEscapes(offset, str, isBytes) {
		if (!str.includes("\\")) return str;
		const len = str.length;
		let result = "";
		let i = 0;
		while (i < len) {
			if (str[i] !== "\\" || i + 1 >= len) {
				result += str[i++];
				continue;
			}
			const next = str[i + 1];
			if (STRING_ESCAPES[next]) {
				result += STRING_ESCAPES[next];
				i += 2;
			} else if (next === "u" || next === "U") {
				if (isBytes) throw this.#escapeErr("bytes_unicode_escape", offset, len, i, 2, next);
				const hexLen = next === "u" ? 4 : 8;
				const hex = str.substring(i + 2, i + 2 + hexLen);
				const c = Number.parseInt(hex, 16);
				if (hex.length !== hexLen || !/^[0-9a-fA-F]+$/.test(hex) || c > 1114111) throw this.#escapeErr("invalid_unicode_escape", offset, len, i, 2 + hexLen, next + hex);
				if (c >= 55296 && c <= 57343) throw this.#escapeErr("invalid_unicode_surrogate", offset, len, i, 2 + hexLen, next + hex);
				result += String.fromCodePoint(c);
				i += 2 + hexLen;
			} else if (next === "x" || next === "X") {
				const h = str.substring(i + 2, i + 4);
				if (!/^[0-9a-fA-F]{2}$/.test(h)) throw this.#escapeErr("invalid_hex_escape", offset, len, i, 4, next + h);
				result += String.fromCharCode(Number.parseInt(h, 16));
				i += 4;
			} else if (next >= "0" && next <= "7") {
				const o = str.substring(i + 1, i + 4);
				if (!/^[0-7]{3}$/.test(o)) throw this.#escapeErr("invalid_octal_escape", offset, len, i, 4);
				const value = Number.parseInt(o, 8);
				if (value > 255) throw this.#escapeErr("octal_escape_out_of_range", offset, len, i, 4, o);
				result += String.fromCharCode(value);
				i += 4;
			} else throw this.#escapeErr("invalid_escape_sequence", offset, len, i, 2, next);
		}
		return result;
	}
	readIdentifier() {
		const { pos, input, length } = this;
		let p = pos;
		while (p < length && this._isIdentifierCharCode(input[p].charCodeAt(0))) p++;
		const value = input.substring(pos, this.pos = p);
		switch (value) {
			case "true": return this.token(pos, TOKEN.BOOLEAN, true);
			case "false": return this.token(pos, TOKEN.BOOLEAN, false);
			case "null": return this.token(pos, TOKEN.NULL, null);
			case "in": return this.token(pos, TOKEN.IN);
			default: return this.token(pos, TOKEN.IDENTIFIER, value);
		}
	}
};
var globalLexer = new Lexer();
var Parser = class {
	lexer = globalLexer;
	input = null;
	maxDepthRemaining = null;
	astNodesRemaining = null;
	type = null;
	pos = null;
	constructor(limits, registry) {
		this.limits = limits;
		this.registry = registry;
	}
	#limitExceeded(limitKey, pos = this.pos) {
		throw parseError("limit_exceeded", `Exceeded ${limitKey} (${this.limits[limitKey]})`, {
			pos,
			start: pos,
			end: pos,
			input: this.input
		});
	}
	#node(start, end, op, args, pos = start) {
		const node = new ASTNode(this.input, pos, start, end, op, args);
		if (!this.astNodesRemaining--) this.#limitExceeded("maxAstNodes", pos);
		return node;
	}
	#infixNode(op, left, right) {
		return this.#node(left.start, right.end, op, [left, right]);
	}
	#ternaryNode(expression, consequent, alternate) {
		return this.#node(expression.start, alternate.end, OPERATORS.ternary, [
			expression,
			consequent,
			alternate
		]);
	}
	#unaryNode(pos, op, arg) {
		return this.#node(pos, arg.end, op, arg);
	}
	#accessNode(op, left, right, end, pos = left.start) {
		return this.#node(left.start, end, op, [left, right], pos);
	}
	#advanceToken(returnValue = this.pos) {
		const l = this.lexer.nextToken();
		this.pos = l.tokenPos;
		this.type = l.tokenType;
		return returnValue;
	}
	get value() {
		return this.lexer.tokenValue;
	}
	consume(expectedType) {
		if (this.type === expectedType) return this.#advanceToken();
		throw parseError("expected_token", `Expected ${TOKEN_BY_NUMBER[expectedType]}, got ${TOKEN_BY_NUMBER[this.type]}`, {
			pos: this.pos,
			start: this.pos,
			end: this.lexer.pos,
			input: this.input
		});
	}
	match(type) {
		return this.type === type;
	}
	parse(input) {
		if (typeof input !== "string") throw parseError("expression_must_be_string", "Expression must be a string");
		this.input = this.lexer.reset(input);
		this.#advanceToken();
		this.maxDepthRemaining = this.limits.maxDepth;
		this.astNodesRemaining = this.limits.maxAstNodes;
		const result = this.parseExpression();
		if (this.match(TOKEN.EOF)) return result;
		throw parseError("unexpected_character", `Unexpected character: '${this.input[this.lexer.pos - 1]}'`, {
			pos: this.pos,
			start: this.pos,
			end: this.lexer.pos,
			input: this.input
		});
	}
	#expandMacro(start, end, op, args) {
		const methodName = args[0];
		const receiver = op === OPERATORS.rcall ? args[1] : null;
		const fnArgs = op === OPERATORS.rcall ? args[2] : args[1];
		const decl = this.registry.findMacro(methodName, !!receiver, fnArgs.length);
		const ast = this.#node(start, end, op, args);
		if (!decl) return ast;
		const macro = decl.handler({
			ast,
			args: fnArgs,
			receiver,
			methodName,
			parser: this
		});
		if (macro.callAst) return ast.setMeta("alternate", macro.callAst);
		return ast.setMeta("macro", macro).setMeta("async", isAsync(macro.evaluate, macro.async));
	}
	parseExpression() {
		if (!this.maxDepthRemaining--) this.#limitExceeded("maxDepth");
		const expr = this.parseLogicalOr();
		if (!this.match(TOKEN.QUESTION)) return ++this.maxDepthRemaining && expr;
		this.#advanceToken();
		const consequent = this.parseExpression();
		this.consume(TOKEN.COLON);
		const alternate = this.parseExpression();
		this.maxDepthRemaining++;
		return this.#ternaryNode(expr, consequent, alternate);
	}
	parseLogicalOr() {
		let expr = this.parseLogicalAnd();
		while (this.match(TOKEN.OR)) {
			this.#advanceToken();
			expr = this.#infixNode(OPERATORS["||"], expr, this.parseLogicalAnd());
		}
		return expr;
	}
	parseLogicalAnd() {
		let expr = this.parseEquality();
		while (this.match(TOKEN.AND)) {
			this.#advanceToken();
			expr = this.#infixNode(OPERATORS["&&"], expr, this.parseEquality());
		}
		return expr;
	}
	parseEquality() {
		let expr = this.parseRelational();
		while (this.match(TOKEN.EQ) || this.match(TOKEN.NE)) {
			const op = OP_FOR_TOKEN[this.type];
			this.#advanceToken();
			expr = this.#infixNode(op, expr, this.parseRelational());
		}
		return expr;
	}
	parseRelational() {
		let expr = this.parseAdditive();
		while (this.match(TOKEN.LT) || this.match(TOKEN.LE) || this.match(TOKEN.GT) || this.match(TOKEN.GE) || this.match(TOKEN.IN)) {
			const op = OP_FOR_TOKEN[this.type];
			this.#advanceToken();
			expr = this.#infixNode(op, expr, this.parseAdditive());
		}
		return expr;
	}
	parseAdditive() {
		let expr = this.parseMultiplicative();
		while (this.match(TOKEN.PLUS) || this.match(TOKEN.MINUS)) {
			const op = OP_FOR_TOKEN[this.type];
			this.#advanceToken();
			expr = this.#infixNode(op, expr, this.parseMultiplicative());
		}
		return expr;
	}
	parseMultiplicative() {
		let expr = this.parseUnary();
		while (this.match(TOKEN.MULTIPLY) || this.match(TOKEN.DIVIDE) || this.match(TOKEN.MODULO)) {
			const op = OP_FOR_TOKEN[this.type];
			this.#advanceToken();
			expr = this.#infixNode(op, expr, this.parseUnary());
		}
		return expr;
	}
	parseUnary() {
		if (this.type === TOKEN.NOT) return this.#unaryNode(this.#advanceToken(), OPERATORS.unaryNot, this.parseUnary());
		if (this.type === TOKEN.MINUS) return this.#unaryNode(this.#advanceToken(), OPERATORS.unaryMinus, this.parseUnary());
		return this.parsePostfix();
	}
	parsePostfix() {
		let expr = this.parsePrimary();
		const depth = this.maxDepthRemaining;
		while (true) {
			if (this.match(TOKEN.DOT)) {
				const dot = this.#advanceToken();
				if (!this.maxDepthRemaining--) this.#limitExceeded("maxDepth", dot);
				const op = this.match(TOKEN.QUESTION) && this.registry.enableOptionalTypes && this.#advanceToken() ? OPERATORS.optionalFieldAccess : OPERATORS.fieldAccess;
				const propertyValue = this.value;
				const start = this.pos;
				const end = this.lexer.pos;
				this.consume(TOKEN.IDENTIFIER);
				if (op === OPERATORS.fieldAccess && this.match(TOKEN.LPAREN) && this.#advanceToken()) {
					const args = this.parseArgumentList();
					const closeEnd = this.lexer.pos;
					this.consume(TOKEN.RPAREN);
					expr = this.#expandMacro(expr.start, closeEnd, OPERATORS.rcall, [
						propertyValue,
						expr,
						args
					]);
				} else expr = this.#accessNode(op, expr, propertyValue, end, start);
				continue;
			}
			if (this.match(TOKEN.LBRACKET)) {
				const bracket = this.#advanceToken();
				if (!this.maxDepthRemaining--) this.#limitExceeded("maxDepth", bracket);
				const op = this.match(TOKEN.QUESTION) && this.registry.enableOptionalTypes && this.#advanceToken() ? OPERATORS.optionalBracketAccess : OPERATORS.bracketAccess;
				const index = this.parseExpression();
				const closeEnd = this.lexer.pos;
				this.consume(TOKEN.RBRACKET);
				expr = this.#accessNode(op, expr, index, closeEnd);
				continue;
			}
			break;
		}
		this.maxDepthRemaining = depth;
		return expr;
	}
	parsePrimary() {
		switch (this.type) {
			case TOKEN.NUMBER:
			case TOKEN.STRING:
			case TOKEN.BYTES:
			case TOKEN.BOOLEAN:
			case TOKEN.NULL: return this.#consumeLiteral();
			case TOKEN.IDENTIFIER: return this.#parseIdentifierPrimary();
			case TOKEN.LPAREN: return this.#parseParenthesizedExpression();
			case TOKEN.LBRACKET: return this.parseList();
			case TOKEN.LBRACE: return this.parseMap();
		}
		throw parseError("unexpected_token", `Unexpected token: ${TOKEN_BY_NUMBER[this.type]}`, {
			pos: this.pos,
			start: this.pos,
			end: this.lexer.pos,
			input: this.input
		});
	}
	#consumeLiteral() {
		return this.#advanceToken(this.#node(this.pos, this.lexer.pos, OPERATORS.value, this.value));
	}
	#parseIdentifierPrimary() {
		const value = this.value;
		const end = this.lexer.pos;
		const start = this.consume(TOKEN.IDENTIFIER);
		if (RESERVED.has(value)) throw parseError("reserved_identifier", `Reserved identifier: ${value}`, {
			pos: start,
			start,
			end,
			input: this.input
		});
		if (!this.match(TOKEN.LPAREN)) return this.#node(start, end, OPERATORS.id, value);
		this.#advanceToken();
		const args = this.parseArgumentList();
		const closeEnd = this.lexer.pos;
		this.consume(TOKEN.RPAREN);
		return this.#expandMacro(start, closeEnd, OPERATORS.call, [value, args]);
	}
	#parseParenthesizedExpression() {
		this.consume(TOKEN.LPAREN);
		const expr = this.parseExpression();
		this.consume(TOKEN.RPAREN);
		return expr;
	}
	parseList() {
		const start = this.consume(TOKEN.LBRACKET);
		const elements = [];
		let remainingElements = this.limits.maxListElements;
		if (!this.match(TOKEN.RBRACKET)) {
			elements.push(this.parseExpression());
			if (!remainingElements--) this.#limitExceeded("maxListElements", elements.at(-1).pos);
			while (this.match(TOKEN.COMMA)) {
				this.#advanceToken();
				if (this.match(TOKEN.RBRACKET)) break;
				elements.push(this.parseExpression());
				if (!remainingElements--) this.#limitExceeded("maxListElements", elements.at(-1).pos);
			}
		}
		const closeEnd = this.lexer.pos;
		this.consume(TOKEN.RBRACKET);
		return this.#node(start, closeEnd, OPERATORS.list, elements);
	}
	parseMap() {
		const start = this.consume(TOKEN.LBRACE);
		const props = [];
		let remainingEntries = this.limits.maxMapEntries;
		if (!this.match(TOKEN.RBRACE)) {
			props.push(this.parseProperty());
			if (!remainingEntries--) this.#limitExceeded("maxMapEntries", props.at(-1)[0].pos);
			while (this.match(TOKEN.COMMA)) {
				this.#advanceToken();
				if (this.match(TOKEN.RBRACE)) break;
				props.push(this.parseProperty());
				if (!remainingEntries--) this.#limitExceeded("maxMapEntries", props.at(-1)[0].pos);
			}
		}
		const closeEnd = this.lexer.pos;
		this.consume(TOKEN.RBRACE);
		return this.#node(start, closeEnd, OPERATORS.map, props);
	}
	parseProperty() {
		return [this.parseExpression(), (this.consume(TOKEN.COLON), this.parseExpression())];
	}
	parseArgumentList() {
		const args = [];
		let remainingArgs = this.limits.maxCallArguments;
		if (!this.match(TOKEN.RPAREN)) {
			args.push(this.parseExpression());
			if (!remainingArgs--) this.#limitExceeded("maxCallArguments", args.at(-1).pos);
			while (this.match(TOKEN.COMMA)) {
				this.#advanceToken();
				if (this.match(TOKEN.RPAREN)) break;
				args.push(this.parseExpression());
				if (!remainingArgs--) this.#limitExceeded("maxCallArguments", args.at(-1).pos);
			}
		}
		return args;
	}
};
// node_modules/@marcbachmann/cel-js/lib/options.js
var DEFAULT_LIMITS = objFreeze({
	maxAstNodes: 1e5,
	maxDepth: 250,
	maxListElements: 1e3,
	maxMapEntries: 1e3,
	maxCallArguments: 32
});
var LIMIT_KEYS = new Set(objKeys(DEFAULT_LIMITS));
function createLimits(overrides, base = DEFAULT_LIMITS) {
	const keys = overrides ? objKeys(overrides) : void 0;
	if (!keys?.length) return base;
	const merged = { ...base };
	for (const key of keys) {
		if (!LIMIT_KEYS.has(key)) throw new TypeError(`Unknown limits option: ${key}`);
		const value = overrides[key];
		if (typeof value !== "number") continue;
		merged[key] = value;
	}
	return objFreeze(merged);
}
var DEFAULT_OPTIONS = objFreeze({
	unlistedVariablesAreDyn: false,
	homogeneousAggregateLiterals: true,
	enableOptionalTypes: false,
	limits: DEFAULT_LIMITS
});
function bool(a, b, key) {
	const value = a?.[key] ?? b?.[key];
	if (typeof value !== "boolean") throw new TypeError(`Invalid option: ${key}`);
	return value;
}
function createOptions(opts, base = DEFAULT_OPTIONS) {
	if (!opts) return base;
	return objFreeze({
		unlistedVariablesAreDyn: bool(opts, base, "unlistedVariablesAreDyn"),
		homogeneousAggregateLiterals: bool(opts, base, "homogeneousAggregateLiterals"),
		enableOptionalTypes: bool(opts, base, "enableOptionalTypes"),
		limits: createLimits(opts.limits, base.limits)
	});
}
// node_modules/@marcbachmann/cel-js/lib/evaluator.js
var globalRegistry = createRegistry({ enableOptionalTypes: false });
registerFunctions(globalRegistry);
registerOverloads(globalRegistry);
registerMacros(globalRegistry);
var Environment = class Environment {
	#registry;
	#evaluator;
	#typeChecker;
	#evalTypeChecker;
	#parser;
	constructor(opts, inherited) {
		this.opts = createOptions(opts, inherited?.opts);
		this.#registry = (inherited instanceof Environment ? inherited.#registry : globalRegistry).clone(this.opts);
		const childOpts = {
			registry: this.#registry,
			opts: this.opts
		};
		this.#typeChecker = new TypeChecker(childOpts);
		this.#evalTypeChecker = new TypeChecker(childOpts, true);
		this.#evaluator = new Evaluator(childOpts);
		this.#parser = new Parser(this.opts.limits, this.#registry);
		Object.freeze(this);
	}
	clone(opts) {
		return new Environment(opts, this);
	}
	registerFunction(signature, handler, opts) {
		this.#registry.registerFunctionOverload(signature, handler, opts);
		return this;
	}
	registerOperator(string, handler, opts) {
		this.#registry.registerOperatorOverload(string, handler, opts);
		return this;
	}
	registerType(typename, constructor) {
		this.#registry.registerType(typename, constructor);
		return this;
	}
	registerVariable(name, type, opts) {
		this.#registry.registerVariable(name, type, opts);
		return this;
	}
	registerConstant(name, type, value) {
		this.#registry.registerConstant(name, type, value);
		return this;
	}
	hasVariable(name) {
		return this.#registry.variables.has(name);
	}
	getDefinitions() {
		return this.#registry.getDefinitions();
	}
	check(expression) {
		try {
			return this.#checkAST(this.#parser.parse(expression));
		} catch (error) {
			return {
				valid: false,
				error
			};
		}
	}
	#checkAST(ast) {
		try {
			const typeDecl = this.#typeChecker.check(ast, new RootContext(this.#registry));
			return {
				valid: true,
				type: this.#formatTypeForCheck(typeDecl)
			};
		} catch (error) {
			return {
				valid: false,
				error
			};
		}
	}
	#formatTypeForCheck(typeDecl) {
		if (typeDecl.name === `list<dyn>`) return "list";
		if (typeDecl.name === `map<dyn, dyn>`) return "map";
		return typeDecl.name;
	}
	parse(expression) {
		const ast = this.#parser.parse(expression);
		const evaluateParsed = this.#evaluateAST.bind(this, ast);
		evaluateParsed.check = this.#checkAST.bind(this, ast);
		evaluateParsed.ast = ast;
		return evaluateParsed;
	}
	evaluate(expression, context) {
		return this.#evaluateAST(this.#parser.parse(expression), context);
	}
	#evaluateAST(ast, ctx) {
		if (ast.checkedType) return ast.evaluate(this.#evaluator, ast, new RootContext(this.#registry, ctx));
		else {
			this.#evalTypeChecker.check(ast, ctx = new RootContext(this.#registry, ctx));
			return ast.evaluate(this.#evaluator, ast, ctx);
		}
	}
};
var Evaluator = class extends Base {
	constructor(opts) {
		super(opts);
		this.createError = evaluationError;
	}
	#firstMapElement(coll) {
		if (coll instanceof Map) return coll.entries().next().value;
		for (const key in coll) return [key, coll[key]];
	}
	debugRuntimeType(value, checkedType) {
		return checkedType?.hasDynType === false ? checkedType : this.debugTypeDeep(value);
	}
	debugTypeDeep(value) {
		const runtimeType = this.debugType(value);
		switch (runtimeType.kind) {
			case "list": {
				const first = value instanceof Array ? value[0] : value.values().next().value;
				if (first === void 0) return runtimeType;
				return this.registry.getListType(this.debugTypeDeep(first));
			}
			case "map": {
				const first = this.#firstMapElement(value);
				if (!first) return runtimeType;
				return this.registry.getMapType(runtimeType.keyType.hasDynType ? this.debugTypeDeep(first[0]) : runtimeType.keyType, runtimeType.valueType.hasDynType ? this.debugTypeDeep(first[1]) : runtimeType.valueType);
			}
			default: return runtimeType;
		}
	}
	tryEval(ast, ctx) {
		try {
			const res = this.run(ast, ctx);
			if (res instanceof Promise) return res.catch((err) => err);
			return res;
		} catch (err) {
			return err;
		}
	}
	run(ast, ctx) {
		return ast.evaluate(this, ast, ctx);
	}
};
new Environment({ unlistedVariablesAreDyn: true });
/** Most rows of one table; a workbook of this size still reads within seconds. */
var MAX_ROWS = 1e4;
var isNumeric = (type) => type === "integer" || type === "number" || type === "percent";
var NUMBERS$1 = [
	"integer",
	"number",
	"percent"
];
var CHOICES = ["boolean", "choice"];
var ORDERED = ["date", "contact"];
/** The table of api.md §7: of which fields each may be; the first named are offered first. */
var FIELDS_OF = {
	sum: NUMBERS$1,
	mean: NUMBERS$1,
	weightedMean: NUMBERS$1,
	min: [...NUMBERS$1, ...ORDERED],
	max: [...NUMBERS$1, ...ORDERED],
	count: NUMBERS$1,
	last: NUMBERS$1,
	countByValue: CHOICES,
	all: CHOICES,
	any: CHOICES,
	concat: ["text"],
	union: ["table"],
	collect: ["file"],
	none: [
		...NUMBERS$1,
		...CHOICES,
		...ORDERED,
		"text",
		"table",
		"file"
	]
};
Object.keys(FIELDS_OF);
var MILLION = 1e6;
/** Up to here x·10⁶ is rounded by less than half a millionth, so `Math.round` finds the decimal that was meant. */
var ROUNDING_IS_SAFE = 2e9;
/** At most six decimals, read off the shortest decimal that names this double: what the sender wrote. */
function isPreciseEnough(x) {
	if (Number.isInteger(x)) return true;
	if (Math.abs(x) < ROUNDING_IS_SAFE) return Math.round(x * MILLION) / MILLION === x;
	const point = String(x).indexOf(".");
	return point >= 0 && String(x).length - point - 1 <= 6;
}
// domain/comparable.ts
/** Without space around it, and with full-width letters and digits as plain ones (Unicode NFKC). */
var comparable = (text) => text.normalize("NFKC").trim();
// domain/form/value.ts
/** Why a value is not accepted. A class, so that it is never taken for a value. */
var Wrong = class {
	code;
	params;
	constructor(code, params) {
		this.code = code;
		this.params = params;
	}
};
/** Longest id of an attachment. */
var FILE_ID_LENGTH = 100;
var DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** The check of a field or column; empty (absent, null, blank text) passes here and is `required`'s business. */
function checkOf(field) {
	switch (field.type) {
		case "integer":
		case "number":
		case "percent": return checkNumber(field);
		case "boolean": return (value) => isEmpty(value) || typeof value === "boolean" ? value ?? null : wrongType("boolean");
		case "choice": return checkChoice(field.options ?? []);
		case "text": return checkText(field.maxLength ?? 1e4);
		case "date": return checkDate;
		case "contact": return checkContact;
		case "file": return checkFiles(field.maxFiles ?? 20);
		case "table": return (value) => isEmpty(value) ? null : wrongType("rows");
	}
}
var isEmpty = (value) => value === null || value === void 0;
var wrongType = (expected) => new Wrong("WRONG_TYPE", { expected });
function checkNumber(field) {
	const { type } = field;
	const min = field.min ?? (type === "percent" ? 0 : -0xe8d4a51000);
	const max = field.max ?? (type === "percent" ? 1 : 0xe8d4a51000);
	const expected = wrongType(type);
	const outOfRange = new Wrong("OUT_OF_RANGE", {
		min,
		max
	});
	const tooPrecise = new Wrong("TOO_PRECISE");
	return (value) => {
		if (isEmpty(value)) return null;
		if (typeof value !== "number" || Number.isNaN(value)) return expected;
		if (value < min || value > max) return outOfRange;
		if (type === "integer") return Number.isInteger(value) ? value + 0 : expected;
		return isPreciseEnough(value) ? value + 0 : tooPrecise;
	};
}
/** The option as the form writes it is kept; an older form may hold two that differ in width only, so the exact one goes first. */
function checkChoice(options) {
	const exact = new Set(options);
	const known = new Map(options.toReversed().map((option) => [comparable(option), option]));
	const wrong = new Wrong("NOT_AN_OPTION", { options: options.join(" / ") });
	return (value) => {
		if (isEmpty(value) || value === "") return null;
		if (typeof value !== "string") return wrongType("choice");
		return exact.has(value) ? value : known.get(comparable(value)) ?? wrong;
	};
}
/** Characters as people count them: a pair of surrogates is one. */
function charactersIn(text) {
	let characters = 0;
	for (let at = 0; at < text.length; at += 1) if ((text.charCodeAt(at) & 64512) !== 56320) characters += 1;
	return characters;
}
var isLonger = (text, max) => text.length > max && charactersIn(text) > max;
/** PostgreSQL stores neither NUL nor half a surrogate pair. */
var isStorable = (text) => !text.includes("\0") && text.isWellFormed();
function checkText(max, expected = "text") {
	return (value) => {
		if (isEmpty(value)) return null;
		if (typeof value !== "string") return wrongType(expected);
		if (isLonger(value, max)) return new Wrong("TOO_LONG", { max });
		if (!isStorable(value)) return new Wrong("INVALID");
		return value.trim() === "" ? null : value;
	};
}
var checkDate = (value) => {
	if (isEmpty(value) || value === "") return null;
	const parts = typeof value === "string" ? DATE.exec(value) : null;
	if (!parts) return wrongType("date");
	const [year, month, day] = [
		Number(parts[1]),
		Number(parts[2]),
		Number(parts[3])
	];
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? parts[0] : wrongType("date");
};
function daysIn(year, month) {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return [
		4,
		6,
		9,
		11
	].includes(month) ? 30 : 31;
}
var checkPart = checkText(100, "contact");
var checkContact = (value) => {
	if (isEmpty(value)) return null;
	if (typeof value !== "object" || Array.isArray(value)) return wrongType("contact");
	const { name, phone, ...rest } = value;
	if (Object.keys(rest).length > 0) return wrongType("contact");
	const [kept, number] = [checkPart(name), checkPart(phone)];
	if (kept instanceof Wrong) return kept;
	if (number instanceof Wrong) return number;
	if (kept === null && number === null) return null;
	return {
		...kept === null ? {} : { name: kept },
		...number === null ? {} : { phone: number }
	};
};
function checkFiles(max) {
	return (value) => {
		if (isEmpty(value)) return null;
		if (!Array.isArray(value)) return wrongType("file");
		if (value.length > max) return new Wrong("TOO_MANY", { max });
		const ids = [];
		for (const id of value) {
			if (typeof id !== "string" || id === "" || id.length > FILE_ID_LENGTH || !isStorable(id)) return wrongType("file");
			if (ids.includes(id)) return new Wrong("REPEATED", { value: id });
			ids.push(id);
		}
		return ids.length === 0 ? null : ids;
	};
}
// domain/form/intake.ts
/** Faults of one report that are named; a table wrong in every cell is wrong enough. */
var MAX_FAULTS = 1e3;
/** Longest foreign key repeated in a path. */
var SHOWN_KEY_LENGTH = 80;
var REQUIRED = new Wrong("REQUIRED");
var UNKNOWN = new Wrong("UNKNOWN_FIELD");
var NOT_ROWS = new Wrong("WRONG_TYPE", { expected: "rows" });
var NOT_A_ROW = new Wrong("WRONG_TYPE", { expected: "row" });
var TOO_MANY_ROWS = new Wrong("TOO_MANY", { max: MAX_ROWS });
var MASKED = new Wrong("MASKED_VALUE");
/** A value copied from where it was masked: taken, its stars would stand in place of the true value for ever. */
var unmasked = (check) => (value) => {
	if (typeof value === "string" && looksMasked(value)) return MASKED;
	const kept = check(value);
	return !(kept instanceof Wrong) && looksMasked(kept) ? MASKED : kept;
};
var checked = (of, isMaskable) => ({
	key: of.key,
	required: of.required,
	check: isMaskable ? unmasked(checkOf(of)) : checkOf(of)
});
function checkedField(field) {
	const list = (field.columns ?? []).map((column) => checked(column, isSensitiveColumn(field, column)));
	return {
		...checked(field, isSensitive(field)),
		type: field.type,
		columns: {
			list,
			keys: new Set(list.map(({ key }) => key))
		}
	};
}
/** `isZero`: a zero report is one act; it answers the flows and snapshots, and owes nothing else. */
function takeInReport(fields, values, rows, isZero) {
	const intake = {
		faults: [],
		values: {},
		rows: {},
		slots: [],
		wrong: /* @__PURE__ */ new Set()
	};
	const { faults } = intake;
	for (const field of fields.values()) {
		const before = faults.length;
		if (field.type === "table") takeTable(field, values, rows, !isZero, intake);
		else takeValue(field, values, !isZero, intake);
		if (faults.length > before) intake.wrong.add(field.key);
	}
	for (const key of Object.keys(values)) if (!fields.has(key)) name(faults, `values.${shown(key)}`, UNKNOWN);
	for (const key of Object.keys(rows)) if (fields.get(key)?.type !== "table") name(faults, `rows.${shown(key)}`, UNKNOWN);
	return intake;
}
var shown = (key) => key.slice(0, SHOWN_KEY_LENGTH);
function name(faults, path, { code, params }) {
	if (faults.length < MAX_FAULTS) faults.push(params ? {
		path,
		code,
		params
	} : {
		path,
		code
	});
}
/** Own properties only: `constructor` is a possible key, and every object has one. */
var given = (from, key) => Object.hasOwn(from, key) ? from[key] : null;
function takeValue(field, values, isDue, intake) {
	const { key } = field;
	const value = field.check(given(values, key));
	if (value instanceof Wrong || value === null) {
		if (value) name(intake.faults, `values.${key}`, value);
		else if (field.required && isDue) name(intake.faults, `values.${key}`, REQUIRED);
		intake.slots.push(field.type === "file" ? [] : null);
		return;
	}
	intake.values[key] = value;
	intake.slots.push(value);
}
function takeTable(field, values, rows, isDue, { faults, rows: kept, slots }) {
	const { key, columns } = field;
	const misplaced = field.check(given(values, key));
	if (misplaced instanceof Wrong) name(faults, `values.${key}`, misplaced);
	const table = given(rows, key) ?? [];
	const path = `rows.${key}`;
	let taken = [];
	if (!Array.isArray(table)) name(faults, path, NOT_ROWS);
	else if (table.length > 1e4) name(faults, path, TOO_MANY_ROWS);
	else if (table.length === 0 && field.required && isDue) name(faults, path, REQUIRED);
	else taken = table.map((row, at) => takeRow(columns, row, () => `${path}[${at}]`, faults));
	kept[key] = taken;
	slots.push(taken);
}
function takeRow(columns, row, pathOf, faults) {
	const kept = {};
	if (typeof row !== "object" || row === null || Array.isArray(row)) {
		name(faults, pathOf(), NOT_A_ROW);
		return kept;
	}
	const cells = row;
	for (const { key, required, check } of columns.list) {
		const value = check(given(cells, key));
		if (value instanceof Wrong) name(faults, `${pathOf()}.${key}`, value);
		else if (value !== null) kept[key] = value;
		else if (required) name(faults, `${pathOf()}.${key}`, REQUIRED);
	}
	for (const key of Object.keys(cells)) if (!columns.keys.has(key)) name(faults, `${pathOf()}.${shown(key)}`, UNKNOWN);
	return kept;
}
// domain/form/rule/rule-node.ts
var NUMBER$1 = { is: "number" };
var TEXT = { is: "text" };
var BOOL = { is: "bool" };
/** The rule is not one of this form; `message` goes to its author, with the fields it had named before it failed. */
var Uncompilable = class extends Error {
	fields = [];
};
/** The rule has no answer for this report: division by zero, no such row, too much work. */
var Undecided = class extends Error {};
/** Thrown on reading an empty value; made once, because it is an ordinary end and a stack costs more than the rule. */
var EMPTY$1 = /* @__PURE__ */ new Error("an empty value was read");
/** Steps all rules of one report may take together: under 0.1 s. A pass over 10,000 rows takes some 20,000. */
var MAX_STEPS = 2e6;
/** Characters compared or copied in the time of one step. */
var CHARACTERS_A_STEP = 32;
function spend(frame, steps) {
	frame.steps -= steps;
	if (frame.steps < 0) throw new Undecided("too much work for one report");
}
function spendOn(frame, text) {
	spend(frame, 1 + Math.ceil(text.length / CHARACTERS_A_STEP));
}
var computed = (shape, read) => ({
	shape,
	read,
	empty: "never"
});
/** Reads a value that must be there. */
function present$1(node) {
	const { read } = node;
	if (node.empty === "never") return read;
	return (frame) => {
		const value = read(frame);
		if (value === null) throw EMPTY$1;
		return value;
	};
}
/** Reads for a comparison with something: an empty cell is a value there, an empty field is not. */
var comparableNode = (node) => node.empty === "skips" ? present$1(node) : node.read;
var wordOf = (shape) => shape?.is ?? "null";
function expect(node, is, where) {
	if (node.shape?.is === is) return present$1(node);
	throw new Uncompilable(`${where} needs a ${is}, not a ${wordOf(node.shape)}`);
}
var numberRead = (node, where) => expect(node, "number", where);
var textRead = (node, where) => expect(node, "text", where);
var boolRead = (node, where) => expect(node, "bool", where);
var listRead = (node, where) => expect(node, "list", where);
/** Both sides must be of one shape; rows are compared by their cells, not as a whole. */
function sameShape(a, b, where) {
	if (isSame(a, b)) return;
	throw new Uncompilable(`${where} between a ${wordOf(a)} and a ${wordOf(b)}`);
}
function isSame(a, b) {
	if (a?.is === "list" && b?.is === "list") return isSame(a.of, b.of);
	if (a?.is === "row" && b?.is === "row") return a.columns === b.columns;
	return a?.is === b?.is;
}
// domain/form/rule/rule-list.ts
/** Parts of an expression worked out in the time of one step. */
var PARTS_A_STEP = 4;
function walk(list, slot, size, where) {
	const entries = listRead(list, where);
	const steps = 1 + size / PARTS_A_STEP;
	return (frame, visit) => {
		for (const entry of entries(frame)) {
			spend(frame, steps);
			frame.locals[slot] = entry;
			if (visit(entry) === "enough") return;
		}
	};
}
/** Undefined when CEL has no such form. `parts`, of `size` nodes in all, are compiled with the variable in `slot`. */
function comprehend(name, list, { slot, size }, parts) {
	const [first, second] = parts;
	if (!first) return void 0;
	const through = walk(list, slot, size, name);
	if (name === "map") return second ? mapped(through, second, boolRead(first, name)) : mapped(through, first);
	if (second) return void 0;
	const test = () => boolRead(first, name);
	switch (name) {
		case "all": return all(through, test());
		case "exists": return exists(through, test());
		case "exists_one": return existsOne(through, test());
		case "filter": return filtered(list, through, test());
		default: return;
	}
}
var all = (through, test) => computed(BOOL, (frame) => {
	let holds = true;
	through(frame, () => (holds = test(frame)) ? "on" : "enough");
	return holds;
});
var exists = (through, test) => computed(BOOL, (frame) => {
	let found = false;
	through(frame, () => (found = test(frame)) ? "enough" : "on");
	return found;
});
var existsOne = (through, test) => computed(BOOL, (frame) => {
	let found = 0;
	through(frame, () => test(frame) && (found += 1) > 1 ? "enough" : "on");
	return found === 1;
});
function filtered(list, through, test) {
	return computed(list.shape ?? BOOL, (frame) => {
		const kept = [];
		through(frame, (entry) => {
			if (test(frame)) kept.push(entry);
			return "on";
		});
		return kept;
	});
}
function mapped(through, transform, test) {
	if (!transform.shape) throw new Uncompilable("map to null");
	const { read } = transform;
	return computed({
		is: "list",
		of: transform.shape
	}, (frame) => {
		const made = [];
		through(frame, () => {
			if (!test || test(frame)) made.push(read(frame));
			return "on";
		});
		return made;
	});
}
/** The sum of a list of numbers, as in `p_table.map(r, r.seats).sum() == p_seats`; empty cells count nothing. */
function sumOf(list) {
	if (list.shape?.is !== "list" || list.shape.of.is !== "number") throw new Uncompilable("sum needs a list of numbers");
	const entries = listRead(list, "sum");
	return computed(NUMBER$1, (frame) => {
		const numbers = entries(frame);
		spend(frame, numbers.length);
		return numbers.reduce((sum, number) => sum + (number ?? 0), 0);
	});
}
// domain/form/rule/rule-operator.ts
/** A thousandth of the finest decimal a report may have, and what a few roundings of a double make of a large number. */
var ABSOLUTE_ERROR = 1e-9;
var RELATIVE_ERROR = 1e-14;
/** 0.1 + 0.2 == 0.3, as a rule's author means it. */
var isNear = (a, b) => a === b || Math.abs(a - b) <= ABSOLUTE_ERROR + RELATIVE_ERROR * Math.max(Math.abs(a), Math.abs(b));
function equal(a, b) {
	if (typeof a === "number" && typeof b === "number") return isNear(a, b);
	if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => equal(item, b[at]));
	return a === b;
}
/** `== null`: of a table or list of files whether it has no entries, of all else whether it is empty. */
function isNull(node) {
	const { read, shape } = node;
	if (shape === null) return () => true;
	if (shape.is === "list") return (frame) => read(frame).length === 0;
	return (frame) => read(frame) === null;
}
var present = (node) => {
	const isAbsent = isNull(node);
	return computed(BOOL, (frame) => !isAbsent(frame));
};
function equality(left, right, op) {
	if (right.shape === null) return isNull(left);
	if (left.shape === null) return isNull(right);
	sameShape(left.shape, right.shape, op);
	if (containsRow(left.shape)) throw new Uncompilable(`${op} between rows; compare their cells`);
	const [a, b] = [comparableNode(left), comparableNode(right)];
	if (left.shape.is !== "list") return (frame) => equal(a(frame), b(frame));
	return (frame) => {
		const list = a(frame);
		spend(frame, list.length);
		return equal(list, b(frame));
	};
}
var containsRow = (shape) => shape.is === "row" || shape.is === "list" && containsRow(shape.of);
/** A number stands before another only by more than reckoning errs, so that `<` and `==` never both hold. */
var NUMBERS = {
	"<": (a, b) => a < b && !isNear(a, b),
	"<=": (a, b) => a <= b || isNear(a, b),
	">": (a, b) => a > b && !isNear(a, b),
	">=": (a, b) => a >= b || isNear(a, b)
};
var TEXTS = {
	"<": (a, b) => a < b,
	"<=": (a, b) => a <= b,
	">": (a, b) => a > b,
	">=": (a, b) => a >= b
};
/** Texts are ordered too: dates are texts, and ISO dates stand in the order of time. */
function ordering(left, right, op) {
	if (left.shape?.is === "text") {
		const [a, b, holds] = [
			textRead(left, op),
			textRead(right, op),
			TEXTS[op]
		];
		return (frame) => holds(a(frame), b(frame));
	}
	const [a, b, holds] = [
		numberRead(left, op),
		numberRead(right, op),
		NUMBERS[op]
	];
	return (frame) => holds(a(frame), b(frame));
}
var RECKON = {
	"+": (a, b) => a + b,
	"-": (a, b) => a - b,
	"*": (a, b) => a * b,
	"/": (a, b) => a / b,
	"%": (a, b) => a % b
};
function reckoning(left, right, op) {
	const [a, b, result] = [
		numberRead(left, op),
		numberRead(right, op),
		RECKON[op]
	];
	return computed(NUMBER$1, (frame) => {
		const number = result(a(frame), b(frame));
		if (Number.isFinite(number)) return number;
		throw new Undecided(op === "/" || op === "%" ? "division by zero" : "a number too large");
	});
}
function addition(left, right) {
	if (left.shape?.is === "text") {
		const [a, b] = [textRead(left, "+"), textRead(right, "+")];
		return computed(TEXT, (frame) => {
			const text = a(frame) + b(frame);
			spendOn(frame, text);
			return text;
		});
	}
	if (left.shape?.is === "list") {
		sameShape(left.shape, right.shape, "+");
		const [a, b] = [listRead(left, "+"), listRead(right, "+")];
		return computed(left.shape, (frame) => {
			const [head, tail] = [a(frame), b(frame)];
			spend(frame, head.length + tail.length);
			return [...head, ...tail];
		});
	}
	return reckoning(left, right, "+");
}
function membership(left, right) {
	const items = listRead(right, "in");
	if (right.shape?.is === "list") sameShape(left.shape, right.shape.of, "in");
	if (left.shape?.is === "row") throw new Uncompilable("in needs a number, text or bool on its left");
	const item = comparableNode(left);
	return computed(BOOL, (frame) => {
		const wanted = item(frame);
		const list = items(frame);
		spend(frame, list.length);
		return list.some((other) => equal(wanted, other));
	});
}
function operate(op, left, right) {
	switch (op) {
		case "==": return computed(BOOL, equality(left, right, op));
		case "!=": {
			const isEqual = equality(left, right, op);
			return computed(BOOL, (frame) => !isEqual(frame));
		}
		case "<":
		case "<=":
		case ">":
		case ">=": return computed(BOOL, ordering(left, right, op));
		case "+": return addition(left, right);
		case "in": return membership(left, right);
		default: return reckoning(left, right, op);
	}
}
// web/form/pattern-engine.ts
var engine = null;
/** Does a form have patterns? To be asked before it is compiled. */
var needsPatterns = (checks) => checks.some((check) => check.includes("matches"));
/** Loads the engine; afterwards forms with patterns compile as they do on the server. */
async function loadPatterns() {
	engine ??= (await import("./build-DyZpc22D.js")).RE2JS;
}
/** The part of the engine that domain/form uses. */
var RE2JS = { compile(source) {
	if (engine === null) throw new Error("a form with patterns is compiled before the engine is there");
	return engine.compile(source);
} };
// domain/form/rule/pattern-dialect.ts
/** White space as JavaScript means it: the wide space of Chinese text too. RE2 knows only ASCII's. */
var SPACE = "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
var NO_SPACE = "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";
/** Any character but the ends of a line. */
var DOT = "[^\\n\\r\\x{2028}\\x{2029}]";
/** One part of a pattern at a time: an escape, the opening of a group, any other character. */
var PART = /\\(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[a-zA-Z]|k<[^>]*>|[\s\S])|\((?:\?:|\?)?|[\s\S]/gu;
/** Throws `Uncompilable` for an invalid pattern, a lookaround or a back reference. */
function translated(pattern) {
	try {
		new RegExp(pattern, "u");
	} catch {
		throw new Uncompilable("matches needs a regular expression");
	}
	let inClass = false;
	return pattern.replace(PART, (part) => {
		if (part.startsWith("\\")) return escaped(part, inClass);
		if (inClass) {
			if (part === "]") inClass = false;
			return part === "[" ? "\\[" : part;
		}
		if (part === "(?") throw new Uncompilable("no (?…) but (?:…) in patterns");
		if (part === "[") inClass = true;
		return part === "." ? DOT : part;
	});
}
function escaped(part, inClass) {
	const kind = part.charAt(1);
	const inside = (ranges) => inClass ? ranges : `[${ranges}]`;
	if (kind === "s") return inside(SPACE);
	if (kind === "S") return inside(NO_SPACE);
	if (/[1-9k]/.test(kind)) throw new Uncompilable("no references back in patterns");
	if (kind === "u") return `\\x{${part.replace(/[^0-9a-fA-F]/g, "")}}`;
	if (kind === "c") return `\\x{${(part.charCodeAt(2) % 32).toString(16)}}`;
	if (kind === "0") return "\\x{0}";
	if (kind === "b" && inClass) return "\\x{8}";
	if (kind === "p" || kind === "P") return isKnown(part) ? part : inside(spelt(part));
	return part;
}
var known = /* @__PURE__ */ new Map();
/** Does the engine know this property by this name, and alone: `\p{Lu}`, not `\p{Script=Han}`? */
function isKnown(property) {
	let is = known.get(property);
	if (is === void 0) {
		try {
			RE2JS.compile(property);
			is = true;
		} catch {
			is = false;
		}
		known.set(property, is);
	}
	return is;
}
var speltOut = /* @__PURE__ */ new Map();
/** Its characters one range after another, asked of JavaScript: 50 ms, once. There are some hundred such names in all. */
function spelt(property) {
	const before = speltOut.get(property);
	if (before !== void 0) return before;
	const has = new RegExp(property, "u");
	let ranges = "";
	let from = -1;
	for (let point = 0; point <= 1114112; point += 1) {
		const isOf = point < 1114112 && has.test(String.fromCodePoint(point));
		if (isOf && from < 0) from = point;
		if (isOf || from < 0) continue;
		ranges += `\\x{${from.toString(16)}}-\\x{${(point - 1).toString(16)}}`;
		from = -1;
	}
	speltOut.set(property, ranges);
	return ranges;
}
// domain/form/rule/rule-pattern.ts
/** Parts after all counted repeats are written out. */
var MAX_SIZE = 5e3;
/** Moves of the engine in the time of one step: a character of the text in one part of the pattern is a move. */
var MOVES_A_STEP = 8;
/** The test of a text, paid for in the frame's steps before it runs. Throws `Uncompilable` for an invalid pattern. */
function patternTest(pattern) {
	const regex = compiled$1(translated(pattern));
	const size = regex.programSize();
	if (size > MAX_SIZE) throw new Uncompilable("the pattern is too large");
	return (frame, text) => {
		spend(frame, 1 + size * (text.length + 1) / MOVES_A_STEP);
		return regex.test(text);
	};
}
function compiled$1(source) {
	try {
		return RE2JS.compile(source);
	} catch (error) {
		if (error instanceof Error && error.message.includes("repeat")) throw new Uncompilable("the pattern is too large");
		throw new Uncompilable("matches needs a regular expression");
	}
}
// domain/form/rule/rule-function.ts
/** `name(…)` */
function call(name, args) {
	const [only] = args;
	if (only && args.length === 1) switch (name) {
		case "size": return sizeOf(only);
		case "has": return present(only);
		case "double": return computed(NUMBER$1, numberRead(only, name));
		case "int": {
			const number = numberRead(only, name);
			return computed(NUMBER$1, (frame) => Math.trunc(number(frame)));
		}
	}
	throw new Uncompilable(`there is no ${name}() of ${args.length}`);
}
var TEXT_TESTS = /* @__PURE__ */ new Map([
	["contains", (text, part) => text.includes(part)],
	["startsWith", (text, part) => text.startsWith(part)],
	["endsWith", (text, part) => text.endsWith(part)]
]);
/** `owner.name(…)` */
function callOn(name, owner, args) {
	const [only] = args;
	const test = TEXT_TESTS.get(name);
	if (name === "size" && args.length === 0) return sizeOf(owner);
	if (name === "sum" && args.length === 0) return sumOf(owner);
	if (!test || !only || args.length > 1) throw new Uncompilable(`there is no .${name}() of ${args.length}`);
	const [text, part] = [textRead(owner, name), textRead(only, name)];
	return computed(BOOL, (frame) => {
		const whole = text(frame);
		spendOn(frame, whole);
		return test(whole, part(frame));
	});
}
/** `owner.matches("…")` */
function matching(owner, pattern) {
	const text = textRead(owner, "matches");
	const test = patternTest(pattern);
	return computed(BOOL, (frame) => test(frame, text(frame)));
}
/** Of a text its characters, of a list its entries. */
function sizeOf(node) {
	if (node.shape?.is === "list") {
		const list = listRead(node, "size");
		return computed(NUMBER$1, (frame) => list(frame).length);
	}
	const text = textRead(node, "size");
	return computed(NUMBER$1, (frame) => {
		const whole = text(frame);
		spendOn(frame, whole);
		return charactersIn(whole);
	});
}
// domain/form/rule/rule-scope.ts
/** The fields a rule is about, now or before. */
var fieldsRead = ({ fields, last }) => [.../* @__PURE__ */ new Set([...fields, ...last])].sort();
var CONTACT = {
	is: "row",
	columns: /* @__PURE__ */ new Map([["name", TEXT], ["phone", TEXT]])
};
function shapeOf(field) {
	if (isNumeric(field.type)) return NUMBER$1;
	if (field.type === "boolean") return BOOL;
	if (field.type === "contact") return CONTACT;
	if (field.type === "file") return {
		is: "list",
		of: TEXT
	};
	if (field.type !== "table") return TEXT;
	return {
		is: "list",
		of: {
			is: "row",
			columns: new Map(field.columns?.map((column) => [column.key, shapeOf(column)]))
		}
	};
}
/** The names rules of this form may use. */
function namesOf(fields) {
	return new Map(fields.map((field, at) => {
		const shape = shapeOf(field);
		return [field.key, {
			at,
			shape,
			hasLast: shape.is !== "list" && shape.is !== "row"
		}];
	}));
}
function scopeNamed(name, scope) {
	const slot = scope.locals.findLastIndex((local) => local.name === name);
	const local = scope.locals[slot];
	if (local) return {
		shape: local.shape,
		read: (frame) => frame.locals[slot],
		empty: "cell"
	};
	const field = scope.fields.get(name);
	if (!field) throw new Uncompilable(name === "last" ? "last is read as last.<key>" : `there is no field ${name}`);
	scope.reads.fields.add(name);
	const { at, shape } = field;
	return {
		shape,
		read: (frame) => frame.values[at],
		empty: "skips"
	};
}
function lastInScope(key, scope) {
	const field = scope.fields.get(key);
	if (!field) throw new Uncompilable(`there is no field ${key}`);
	if (!field.hasLast) throw new Uncompilable(`there is no last value of ${key}: it is not a single value`);
	scope.reads.last.add(key);
	const type = {
		number: "number",
		text: "string",
		bool: "boolean",
		list: "",
		row: ""
	}[field.shape.is];
	return {
		shape: field.shape,
		empty: "skips",
		read({ last }) {
			const value = Object.hasOwn(last, key) ? last[key] : null;
			return typeof value === type ? value : null;
		}
	};
}
// domain/form/rule.ts
/** Throws `Uncompilable`. */
function compileCheck(expression, fields) {
	const reads = {
		fields: /* @__PURE__ */ new Set(),
		last: /* @__PURE__ */ new Set()
	};
	const scope = {
		fields,
		locals: [],
		reads,
		count: { nodes: 0 }
	};
	let check;
	try {
		check = boolRead(compile(expression, scope), "a rule");
	} catch (error) {
		if (error instanceof Uncompilable) error.fields = fieldsRead(reads);
		throw error;
	}
	return {
		reads,
		holds(frame) {
			try {
				return check(frame);
			} catch (error) {
				if (error === EMPTY$1) return null;
				throw error;
			}
		}
	};
}
function compile(expression, scope) {
	scope.count.nodes += 1;
	switch (expression.op) {
		case "value": return literal(expression.args);
		case "id": return scopeNamed(expression.args, scope);
		case ".": return member(expression.args[0], expression.args[1], scope);
		case "[]": return element(compile(expression.args[0], scope), compile(expression.args[1], scope));
		case "call": return call(expression.args[0], expression.args[1].map((arg) => compile(arg, scope)));
		case "rcall": return method(expression.args[0], compile(expression.args[1], scope), expression.args[2], scope);
		case "list": return listOf(expression.args.map((item) => compile(item, scope)));
		case "?:": return choice(expression.args, scope);
		case "!_": {
			const a = boolRead(compile(expression.args, scope), "!");
			return computed(BOOL, (frame) => !a(frame));
		}
		case "-_": {
			const a = numberRead(compile(expression.args, scope), "-");
			return computed(NUMBER$1, (frame) => -a(frame));
		}
		case "||":
		case "&&": return both(expression.op, expression.args, scope);
		case "map":
		case ".?":
		case "[?]": throw new Uncompilable(`no ${expression.op === "map" ? "{…}" : expression.op} in rules`);
		default: return operate(expression.op, compile(expression.args[0], scope), compile(expression.args[1], scope));
	}
}
function literal(value) {
	if (value === null) return {
		shape: null,
		read: () => null,
		empty: "cell"
	};
	if (typeof value === "string") return computed(TEXT, () => value);
	if (typeof value === "boolean") return computed(BOOL, () => value);
	const number = Number(value);
	if (value instanceof Uint8Array || Number.isNaN(number)) throw new Uncompilable("no b\"…\" in rules");
	return computed(NUMBER$1, () => number);
}
function member(owner, key, scope) {
	const isShadowed = scope.locals.some((local) => local.name === "last");
	if (owner.op === "id" && owner.args === "last" && !isShadowed) return lastInScope(key, scope);
	const node = compile(owner, scope);
	if (node.shape?.is !== "row") throw new Uncompilable(`.${key} of something that has no columns`);
	const shape = node.shape.columns.get(key);
	if (!shape) throw new Uncompilable(`there is no column ${key}`);
	const { read, empty } = node;
	return {
		shape,
		read(frame) {
			const row = read(frame);
			return row !== null && Object.hasOwn(row, key) ? row[key] : null;
		},
		empty: empty === "never" ? "cell" : empty
	};
}
function element(list, index) {
	const [items, at] = [listRead(list, "[]"), numberRead(index, "[]")];
	if (list.shape?.is !== "list") throw new Uncompilable("[] needs a list");
	return {
		shape: list.shape.of,
		empty: "cell",
		read(frame) {
			const item = items(frame)[at(frame)];
			if (item === void 0) throw new Undecided("there is no such row");
			return item;
		}
	};
}
function listOf(items) {
	const shape = items[0]?.shape;
	if (!shape) throw new Uncompilable("a list needs at least one value that is not null");
	for (const item of items) sameShape(shape, item.shape, "a list");
	const reads = items.map((item) => item.read);
	return computed({
		is: "list",
		of: shape
	}, (frame) => {
		const list = reads.map((read) => read(frame));
		if (items.some((item, at) => item.empty === "skips" && list[at] === null)) throw EMPTY$1;
		return list;
	});
}
function choice([condition, yes, no], scope) {
	const test = boolRead(compile(condition, scope), "?:");
	const [a, b] = [compile(yes, scope), compile(no, scope)];
	if (a.shape && b.shape) sameShape(a.shape, b.shape, "?:");
	const empty = [a, b].some((node) => node.empty === "skips") ? "skips" : "cell";
	const shape = a.shape ?? b.shape;
	const readOf = (node) => node.shape === null && shape?.is === "list" ? () => [] : node.read;
	const [first, second] = [readOf(a), readOf(b)];
	return {
		shape,
		read: (frame) => test(frame) ? first(frame) : second(frame),
		empty
	};
}
/** Left to right: the right side is not read once the left has decided, so `a == null || a > 3` guards. */
function both(op, [left, right], scope) {
	const [a, b] = [boolRead(compile(left, scope), op), boolRead(compile(right, scope), op)];
	return computed(BOOL, op === "||" ? (frame) => a(frame) || b(frame) : (frame) => a(frame) && b(frame));
}
function method(name, owner, args, scope) {
	const [first, ...rest] = args;
	if (first?.op === "id" && rest.length > 0) {
		if (owner.shape?.is !== "list") throw new Uncompilable(`.${name}() needs a list`);
		const locals = [...scope.locals, {
			name: first.args,
			shape: owner.shape.of
		}];
		const before = scope.count.nodes;
		const parts = rest.map((part) => compile(part, {
			...scope,
			locals
		}));
		const made = comprehend(name, owner, {
			slot: scope.locals.length,
			size: scope.count.nodes - before
		}, parts);
		if (made) return made;
	}
	if (name === "matches" && rest.length === 0) {
		if (first?.op === "value" && typeof first.args === "string") return matching(owner, first.args);
		throw new Uncompilable("matches needs a pattern in quotes");
	}
	return callOn(name, owner, args.map((arg) => compile(arg, scope)));
}
// domain/form/form.ts
/**
* Only the parser of cel-js is used. Its evaluator has two types of number that do not meet, compares decimals bit by
* bit, lets an error vanish behind `||`, and has no limit on work; rule.ts has none of these.
*/
var parser = new Environment({ limits: {
	maxAstNodes: 400,
	maxDepth: 24,
	maxListElements: 100,
	maxMapEntries: 0,
	maxCallArguments: 3
} });
/** Compiles a form once. A rule or `alertIf` that does not compile is left out and reported at its path. */
function compileForm(form, path) {
	const faults = [];
	const names = namesOf(form.fields);
	const compiledOf = (check, at) => {
		try {
			return compileCheck(parser.parse(check).ast, names);
		} catch (error) {
			if (!(error instanceof Uncompilable) && !(error instanceof ParseError)) throw error;
			const reason = error instanceof ParseError ? error.summary : error.message;
			const fields = error instanceof Uncompilable ? error.fields : [];
			const about = fields.length === 0 ? {} : { fields };
			faults.push({
				path: at,
				code: "RULE_DOES_NOT_COMPILE",
				params: { reason },
				...about
			});
			return null;
		}
	};
	const rules = form.rules.flatMap((rule, at) => {
		const check = compiledOf(rule.check, `${path}.rules[${at}].check`);
		return check ? [{
			rule,
			check,
			fields: fieldsRead(check.reads)
		}] : [];
	});
	const alerts = form.fields.flatMap(({ key, alertIf }, at) => {
		const check = alertIf === void 0 ? null : compiledOf(alertIf, `${path}.fields[${at}].alertIf`);
		return check ? [{
			field: key,
			check
		}] : [];
	});
	return {
		compiled: {
			form,
			fields: new Map(form.fields.map((field) => [field.key, checkedField(field)])),
			rules,
			alerts
		},
		faults
	};
}
var compiled = /* @__PURE__ */ new WeakMap();
/** An accepted form, compiled once and kept as long as the form object is in use. */
function compiledOf(form) {
	const known = compiled.get(form);
	if (known) return known;
	const made = compileForm(form, "form").compiled;
	compiled.set(form, made);
	return made;
}
/**
* The numbers of a zero report: flows 0, snapshots as last approved, else 0. A number without a time axis (a rate, a
* score) says nothing of a period in which nothing happened, and a 0 for it would spoil every mean: it stays empty.
*/
function zeroValues(form, last) {
	const values = {};
	for (const { key, type, timeAxis } of form.fields) {
		if (!isNumeric(type) || timeAxis === void 0) continue;
		const before = timeAxis === "snapshot" && Object.hasOwn(last, key) ? last[key] : 0;
		values[key] = typeof before === "number" ? before : 0;
	}
	return values;
}
/**
* Judges a report. Types and limits first; a rule that reads a field at fault is not run. Then the rules: `block` before
* `explain`. A rule that reads something empty is skipped. One without an answer (division by zero, a row that is not
* there, too much work) never stops a report, because a reporter cannot mend the rule: it is a `RULE_UNDECIDED`
* warning. Of a zero report the numbers not given are `zeroValues`, all else is empty. No input of a user makes it throw.
*/
function judgeReport(compiled, content, last) {
	const isZero = content.zeroReport === true;
	const given = isZero ? {
		...zeroValues(compiled.form, last),
		...content.values
	} : content.values;
	const intake = takeInReport(compiled.fields, given, content.rows ?? {}, isZero);
	const found = runRules(compiled, intake, content.explanations ?? {}, last);
	return {
		faults: [
			...intake.faults,
			...found.block,
			...found.explain
		],
		warnings: found.warn,
		values: intake.values,
		rows: intake.rows
	};
}
function runRules({ rules }, { slots, wrong }, explanations, last) {
	const found = {
		block: [],
		explain: [],
		warn: []
	};
	const frame = {
		values: slots,
		last,
		locals: [],
		steps: MAX_STEPS
	};
	for (const { rule, check, fields } of rules) {
		if (wrong.size > 0 && [...check.reads.fields].some((key) => wrong.has(key))) continue;
		const outcome = outcomeOf(check, frame);
		const path = `rules.${rule.key}`;
		if (outcome instanceof Undecided) found.warn.push({
			path,
			code: "RULE_UNDECIDED",
			params: { reason: outcome.message },
			fields
		});
		if (outcome !== false) continue;
		if (rule.severity !== "explain") found[rule.severity].push({
			path,
			code: "RULE_BROKEN",
			text: rule.message,
			fields
		});
		else if (!isExplained(explanations, rule.key)) found.explain.push({
			path: `explanations.${rule.key}`,
			code: "EXPLANATION_REQUIRED",
			text: rule.message,
			fields
		});
	}
	return found;
}
function outcomeOf(check, frame) {
	try {
		return check.holds(frame);
	} catch (error) {
		if (error instanceof Undecided) return error;
		throw error;
	}
}
var isExplained = (explanations, key) => Object.hasOwn(explanations, key) && typeof explanations[key] === "string" && explanations[key].trim() !== "";
// node_modules/idb/build/index.js
var instanceOfAny = (object, constructors) => constructors.some((c) => object instanceof c);
var idbProxyableTypes;
var cursorAdvanceMethods;
function getIdbProxyableTypes() {
	return idbProxyableTypes || (idbProxyableTypes = [
		IDBIndex,
		IDBObjectStore,
		IDBCursor,
		IDBDatabase,
		IDBTransaction
	]);
}
function getCursorAdvanceMethods() {
	return cursorAdvanceMethods || (cursorAdvanceMethods = [
		"advance",
		"continue",
		"continuePrimaryKey"
	].map((method) => IDBCursor.prototype[method]));
}
var transactionDoneMap = /* @__PURE__ */ new WeakMap();
var transformCache = /* @__PURE__ */ new WeakMap();
var reverseTransformCache = /* @__PURE__ */ new WeakMap();
function promisifyRequest(request) {
	const promise = new Promise((resolve, reject) => {
		const unlisten = () => {
			request.removeEventListener("success", success);
			request.removeEventListener("error", error);
		};
		const success = () => {
			resolve(wrap(request.result));
			unlisten();
		};
		const error = () => {
			reject(request.error);
			unlisten();
		};
		request.addEventListener("success", success);
		request.addEventListener("error", error);
	});
	reverseTransformCache.set(promise, request);
	return promise;
}
function cacheDonePromiseForTransaction(tx) {
	if (transactionDoneMap.has(tx)) return;
	const done = new Promise((resolve, reject) => {
		const unlisten = () => {
			tx.removeEventListener("complete", complete);
			tx.removeEventListener("error", error);
			tx.removeEventListener("abort", error);
		};
		const complete = () => {
			resolve();
			unlisten();
		};
		const error = () => {
			reject(tx.error || new DOMException("AbortError", "AbortError"));
			unlisten();
		};
		tx.addEventListener("complete", complete);
		tx.addEventListener("error", error);
		tx.addEventListener("abort", error);
	});
	transactionDoneMap.set(tx, done);
}
var idbProxyTraps = {
	get(target, prop, receiver) {
		if (target instanceof IDBTransaction) {
			if (prop === "done") return transactionDoneMap.get(target);
			if (prop === "store") return receiver.objectStoreNames[1] ? void 0 : receiver.objectStore(receiver.objectStoreNames[0]);
		}
		return wrap(target[prop]);
	},
	set(target, prop, value) {
		target[prop] = value;
		return true;
	},
	has(target, prop) {
		if (target instanceof IDBTransaction && (prop === "done" || prop === "store")) return true;
		return prop in target;
	}
};
function replaceTraps(callback) {
	idbProxyTraps = callback(idbProxyTraps);
}
function wrapFunction(func) {
	if (getCursorAdvanceMethods().includes(func)) return function(...args) {
		func.apply(unwrap(this), args);
		return wrap(this.request);
	};
	return function(...args) {
		return wrap(func.apply(unwrap(this), args));
	};
}
function transformCachableValue(value) {
	if (typeof value === "function") return wrapFunction(value);
	if (value instanceof IDBTransaction) cacheDonePromiseForTransaction(value);
	if (instanceOfAny(value, getIdbProxyableTypes())) return new Proxy(value, idbProxyTraps);
	return value;
}
function wrap(value) {
	if (value instanceof IDBRequest) return promisifyRequest(value);
	if (transformCache.has(value)) return transformCache.get(value);
	const newValue = transformCachableValue(value);
	if (!Object.is(newValue, value)) {
		transformCache.set(value, newValue);
		reverseTransformCache.set(newValue, value);
	}
	return newValue;
}
var unwrap = (value) => reverseTransformCache.get(value);
/**
* Open a database.
*
* @param name Name of the database.
* @param version Schema version.
* @param callbacks Additional callbacks.
*/
function openDB(name, version, { blocked, upgrade, blocking, terminated } = {}) {
	const request = indexedDB.open(name, version);
	const openPromise = wrap(request);
	if (upgrade) request.addEventListener("upgradeneeded", (event) => {
		upgrade(wrap(request.result), event.oldVersion, event.newVersion, wrap(request.transaction), event);
	});
	if (blocked) request.addEventListener("blocked", (event) => blocked(event.oldVersion, event.newVersion, event));
	openPromise.then((db) => {
		if (terminated) db.addEventListener("close", () => terminated());
		if (blocking) db.addEventListener("versionchange", (event) => blocking(event.oldVersion, event.newVersion, event));
	}).catch(() => {});
	return openPromise;
}
var readMethods = [
	"get",
	"getKey",
	"getAll",
	"getAllKeys",
	"count"
];
var writeMethods = [
	"put",
	"add",
	"delete",
	"clear"
];
var cachedMethods = {};
function getMethod(target, prop) {
	if (!(target instanceof IDBDatabase && !(prop in target) && typeof prop === "string")) return;
	if (cachedMethods[prop]) return cachedMethods[prop];
	const targetFuncName = prop.replace(/FromIndex$/, "");
	const useIndex = prop !== targetFuncName;
	const isWrite = writeMethods.includes(targetFuncName);
	if (!(targetFuncName in (useIndex ? IDBIndex : IDBObjectStore).prototype) || !(isWrite || readMethods.includes(targetFuncName))) return;
	const method = async function(storeName, ...args) {
		const tx = this.transaction(storeName, isWrite ? "readwrite" : "readonly");
		let target = tx.store;
		if (useIndex) target = target.index(args.shift());
		return (await Promise.all([target[targetFuncName](...args), isWrite && tx.done]))[0];
	};
	return cachedMethods[prop] = method;
}
replaceTraps((oldTraps) => ({
	...oldTraps,
	get: (target, prop, receiver) => getMethod(target, prop) || oldTraps.get(target, prop, receiver),
	has: (target, prop) => !!getMethod(target, prop) || oldTraps.has(target, prop)
}));
var advanceMethodProps = [
	"advance",
	"continue",
	"continuePrimaryKey"
];
var methodMap = {};
var advanceResults = /* @__PURE__ */ new WeakMap();
var ittrProxiedCursorToOriginalProxy = /* @__PURE__ */ new WeakMap();
var cursorIteratorTraps = { get(target, prop) {
	if (!advanceMethodProps.includes(prop)) return target[prop];
	let cachedFunc = methodMap[prop];
	if (!cachedFunc) cachedFunc = methodMap[prop] = function(...args) {
		advanceResults.set(this, ittrProxiedCursorToOriginalProxy.get(this)[prop](...args));
	};
	return cachedFunc;
} };
async function* iterate(...args) {
	let cursor = this;
	if (!(cursor instanceof IDBCursor)) cursor = await cursor.openCursor(...args);
	if (!cursor) return;
	cursor = cursor;
	const proxiedCursor = new Proxy(cursor, cursorIteratorTraps);
	ittrProxiedCursorToOriginalProxy.set(proxiedCursor, cursor);
	reverseTransformCache.set(proxiedCursor, unwrap(cursor));
	while (cursor) {
		yield proxiedCursor;
		cursor = await (advanceResults.get(proxiedCursor) || cursor.continue());
		advanceResults.delete(proxiedCursor);
	}
}
function isIteratorProp(target, prop) {
	return prop === Symbol.asyncIterator && instanceOfAny(target, [
		IDBIndex,
		IDBObjectStore,
		IDBCursor
	]) || prop === "iterate" && instanceOfAny(target, [IDBIndex, IDBObjectStore]);
}
replaceTraps((oldTraps) => ({
	...oldTraps,
	get(target, prop, receiver) {
		if (isIteratorProp(target, prop)) return iterate;
		return oldTraps.get(target, prop, receiver);
	},
	has(target, prop) {
		return isIteratorProp(target, prop) || oldTraps.has(target, prop);
	}
}));
// web/device/store.ts
var opened = null;
var memory = {
	drafts: /* @__PURE__ */ new Map(),
	outbox: /* @__PURE__ */ new Map(),
	copies: /* @__PURE__ */ new Map()
};
var refusedListeners = /* @__PURE__ */ new Set();
var isRefused = false;
/** Is storage refused or full on this device? */
var isStorageRefused = () => isRefused;
var onStorageRefused = (listener) => {
	refusedListeners.add(listener);
	return () => refusedListeners.delete(listener);
};
function refuse() {
	isRefused = true;
	for (const listener of refusedListeners) listener();
	return null;
}
function database() {
	opened ??= (async () => {
		try {
			return await openDB("zhuanban", 1, { upgrade(db) {
				db.createObjectStore("drafts", { keyPath: "key" });
				db.createObjectStore("outbox", { keyPath: "key" });
				db.createObjectStore("copies", { keyPath: "path" });
			} });
		} catch {
			return refuse();
		}
	})();
	return opened;
}
var keyOf$1 = (value) => "path" in value ? value.path : value.key;
async function keep(store, value) {
	memory[store].set(keyOf$1(value), value);
	const db = await database();
	if (db === null) return;
	await db.put(store, value).catch(refuse);
}
async function take(store, key) {
	const held = memory[store].get(key);
	if (held !== void 0) return held;
	const db = await database();
	return db === null ? null : await db.get(store, key).catch(refuse) ?? null;
}
async function list(store) {
	const db = await database();
	return (db === null ? null : await db.getAll(store).catch(refuse)) ?? [...memory[store].values()];
}
async function drop(store, key) {
	memory[store].delete(key);
	const db = await database();
	if (db !== null) await db.delete(store, key).catch(refuse);
}
// web/device/outbox.ts
/** Acts that may wait for the network; all others need to see the present state. */
var MAY_WAIT = /* @__PURE__ */ new Set([
	"acknowledge",
	"submit",
	"progress",
	"comment",
	"approve",
	"return",
	"urge"
]);
var listeners = /* @__PURE__ */ new Set();
async function reread() {
	(await list("outbox")).sort((a, b) => a.at - b.at);
	for (const listener of listeners) listener();
}
/**
* Sends a command. Answered: done, or its refusal is thrown. Not reached, and of a kind that may wait: kept and sent
* later under the same key, so that it is done once, whatever became of the first try.
*/
async function sendOrKeep(queries, order, about) {
	const item = {
		...about,
		key: order.key,
		assignment: order.assignment,
		verb: order.verb,
		body: order.body ?? {},
		version: order.version ?? null,
		at: Date.now(),
		refusal: null
	};
	const mayWait = MAY_WAIT.has(order.verb);
	if (mayWait) await keep("outbox", item);
	try {
		takeAnswer(queries, await sendOrder(order));
		await drop("outbox", item.key);
		return { is: "answered" };
	} catch (error) {
		if (mayWait && error instanceof Unreached) return { is: "waiting" };
		await drop("outbox", item.key);
		throw error;
	} finally {
		await reread();
	}
}
// web/routes/fill/typed.ts
/** Full-width digits and marks as their usual twins; spaces and commas between thousands left out. */
var plain = (text) => text.replace(/[！-～]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 65248)).replace(/[\s,，]/g, "").replace(/。/g, ".");
var NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
/** A number; the text itself where it is none, so that the form says what is wrong with it. */
function numberOf(text) {
	const bare = plain(text);
	if (bare === "") return null;
	return NUMBER.test(bare) ? Number(bare) : text;
}
/** 90, 90% and ９０ are 0.9: people type percents, the record keeps shares. */
function percentOf(text) {
	const bare = plain(text).replace(/%$/, "");
	if (bare === "") return null;
	return NUMBER.test(bare) ? Number(`${bare}e-2`) : text;
}
function valueOfTyped({ type }, text) {
	switch (type) {
		case "integer":
		case "number": return numberOf(text);
		case "percent": return percentOf(text);
		case "boolean": return text === "" ? null : text === "yes";
		case "choice":
		case "date":
		case "text": return text === "" ? null : text;
		case "contact":
		case "table":
		case "file": return text;
	}
}
/** A value as it stands in the input: `valueOfTyped` of it is the value again. */
function typedOfValue({ type }, value) {
	if (value === null || value === void 0) return "";
	if (type === "percent" && typeof value === "number") return String(Number(`${value}e2`));
	if (type === "boolean") return value === true ? "yes" : "no";
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
// web/routes/fill/draft.ts
var EMPTY = {
	typed: {},
	rows: {},
	note: "",
	explanations: {},
	carried: []
};
function typedOf(field, value) {
	if (field.type === "contact") return value ?? {};
	if (field.type === "file") return value ?? [];
	return typedOfValue(field, value);
}
/** The report that is in, as the beginning of the next version of it. */
function draftOf(fields, report) {
	if (report === null) return EMPTY;
	const draft = {
		...EMPTY,
		typed: {},
		rows: {}
	};
	for (const field of fields) if (field.type === "table") draft.rows[field.key] = report.rows[field.key] ?? [];
	else if (report.values[field.key] != null) draft.typed[field.key] = typedOf(field, report.values[field.key]);
	return draft;
}
/** Fields of this key and kind stay; what the form no longer has is told, and not deleted from the device. */
function fitted(fields, draft) {
	const known = new Map(fields.map((field) => [field.key, field]));
	const lost = [...Object.keys(draft.typed), ...Object.keys(draft.rows)].filter((key) => !known.has(key));
	const keepKnown = (of) => Object.fromEntries(Object.entries(of).filter(([key]) => known.has(key)));
	return {
		draft: {
			...draft,
			typed: keepKnown(draft.typed),
			rows: keepKnown(draft.rows)
		},
		lost
	};
}
var withTyped = (draft, key, typed) => ({
	...draft,
	typed: {
		...draft.typed,
		[key]: typed
	},
	carried: draft.carried.filter((each) => each !== key)
});
/** Takes offered values over; what has been typed already stays. */
function takenOver(draft, fields, offers, keys) {
	const next = {
		...draft,
		typed: { ...draft.typed },
		rows: { ...draft.rows },
		carried: [...draft.carried]
	};
	for (const field of fields) {
		const offer = offers[field.key];
		if (offer === void 0 || !keys.includes(field.key)) continue;
		if (field.type === "table") next.rows[field.key] = offer.value;
		else next.typed[field.key] = typedOf(field, offer.value);
		if (!next.carried.includes(field.key)) next.carried.push(field.key);
	}
	return next;
}
function contactOf({ name = "", phone = "" }) {
	if (name.trim() === "" && phone.trim() === "") return null;
	return {
		...name.trim() === "" ? {} : { name },
		...phone.trim() === "" ? {} : { phone }
	};
}
/** What the form judges and the server is sent. */
function reportOf(fields, draft) {
	const values = {};
	const rows = {};
	for (const field of fields) {
		if (field.type === "table") {
			rows[field.key] = draft.rows[field.key] ?? [];
			continue;
		}
		const typed = draft.typed[field.key];
		if (typed === void 0) continue;
		const value = field.type === "contact" ? contactOf(typed) : field.type === "file" ? typed : valueOfTyped(field, typed);
		if (value !== null && !(Array.isArray(value) && value.length === 0)) values[field.key] = value;
	}
	return {
		values,
		rows,
		explanations: Object.fromEntries(Object.entries(draft.explanations).filter(([, text]) => text.trim() !== ""))
	};
}
/** The judgement of the server, made here: the same functions, the same order. */
var judged = (compiled, draft, last) => judgeReport(compiled, reportOf(compiled.form.fields, draft), last);
/** Fields with something in them. */
var filledCount = (fields, draft) => {
	const { values, rows } = reportOf(fields, draft);
	return fields.filter(({ key, type }) => type === "table" ? rows[key].length > 0 : values[key] !== void 0).length;
};
var fill_module_default = {
	page: "_page_102a3_2",
	head: "_head_102a3_8",
	status: "_status_102a3_13",
	card: "_card_102a3_19",
	fields: "_fields_102a3_28",
	pair: "_pair_102a3_33",
	summary: "_summary_102a3_39",
	acts: "_acts_102a3_55",
	mark: "_mark_102a3_68",
	warn: "_warn_102a3_72",
	files: "_files_102a3_77",
	file: "_file_102a3_77",
	done: "_done_102a3_89"
};
// web/routes/fill/words.ts
var FILL_WORDS = dictionary({
	progress: (all, filled, missing) => `${all} 项，已填 ${filled}${missing > 0 ? `；必填还差 ${missing}` : ""}`,
	saved: (time) => `已保存在本机 ${time}`,
	notSaved: "本机不能保存，请勿离开本页",
	mayTakeOver: (count) => `可沿用 ${count} 项`,
	takeOverAll: "全部沿用",
	takenOver: "已沿用",
	last: (value) => `上次 ${value}`,
	unit: (unit) => `单位：${unit}`,
	required: "必填",
	sensitive: "敏感，只有本单位和交办单位看得到",
	range: (min, max) => `${min} 至 ${max}`,
	explain: "说明原因",
	faults: (count) => `有 ${count} 处需要修改`,
	next: "下一处",
	toSend: (to, fields) => `将报送给 ${to}：${fields} 项`,
	send: "报送",
	confirm: "确认报送",
	noteLabel: "备注",
	correctionNote: "更正说明",
	delivered: (time, version) => `已送达 ${time}，第 ${version} 版`,
	waiting: "未送达：联网后自动送达，以送达时间为准",
	nextTask: "下一件任务",
	backTo: "返回任务",
	yes: "是",
	no: "否",
	choose: "请选择",
	name: "姓名",
	phone: "电话",
	addFile: "添加文件或照片",
	uploading: (percent) => `上传中 ${percent}%`,
	remove: "移除",
	rows: (count) => `${count} 行`,
	openTable: "填写明细",
	lost: (labels) => `表单已变更，这些内容不再要填，仍保存在本机：${labels}`,
	only: "只看标出的",
	zero: "零报告",
	zeroAsk: "没有变化或没有发生，按零报告报送？",
	waits: "报送后先由本单位领导签字",
	changed: "内容已有变化",
	changedBy: (who, when) => `${who} 于 ${when} 报送了新的一版。你填的内容还在。`,
	goOn: "按新状态继续",
	yours: "我填的",
	theirs: "对方的"
}, {
	progress: (all, filled, missing) => `${filled} of ${counted(all, "field")} filled in${missing > 0 ? `; ${missing} required ones to go` : ""}`,
	saved: (time) => `Saved on this device ${time}`,
	notSaved: "Cannot save on this device; do not leave this page",
	mayTakeOver: (count) => `${counted(count, "value")} can be taken over`,
	takeOverAll: "Take over all",
	takenOver: "Taken over",
	last: (value) => `Last time ${value}`,
	unit: (unit) => `Unit: ${unit}`,
	required: "Required",
	sensitive: "Sensitive: only your unit and the one that asks see it",
	range: (min, max) => `${min} to ${max}`,
	explain: "Explain",
	faults: (count) => `${counted(count, "thing")} to correct`,
	next: "Next problem",
	toSend: (to, fields) => `To ${to}: ${counted(fields, "field")}`,
	send: "Submit",
	confirm: "Confirm",
	noteLabel: "Note",
	correctionNote: "Why it is corrected",
	delivered: (time, version) => `Delivered ${time}, version ${version}`,
	waiting: "Not delivered yet: it is sent once the network is back; time counts on arrival",
	nextTask: "Next assignment",
	backTo: "Back to the list",
	yes: "Yes",
	no: "No",
	choose: "Choose",
	name: "Name",
	phone: "Phone",
	addFile: "Add a file or photo",
	uploading: (percent) => `Uploading ${percent}%`,
	remove: "Remove",
	rows: (count) => counted(count, "row"),
	openTable: "Fill in the rows",
	lost: (labels) => `The form has changed; no longer asked, but kept on this device: ${labels}`,
	only: "Only what is marked",
	zero: "Zero report",
	zeroAsk: "Nothing to report: send a zero report?",
	waits: "Your leader signs it first",
	changed: "This has changed",
	changedBy: (who, when) => `${who} sent a new version at ${when}. What you filled in is still here.`,
	goOn: "Go on with the new state",
	yours: "Mine",
	theirs: "Theirs"
});
// web/routes/fill/error-summary.tsx
var import_jsx_runtime = require_jsx_runtime();
/** Focuses the field of a key: by its mark in the page, since an id is made anew each time. */
function focusField(key) {
	if (key === void 0) return;
	const found = document.querySelector(`[data-field="${CSS.escape(key)}"]`);
	found?.focus();
	found?.scrollIntoView({ block: "center" });
}
/** `shownAt`: raised with each try to send, so that the summary takes the focus again. */
function ErrorSummary({ faults, shownAt }) {
	const words = useWords(FILL_WORDS);
	const place = (0, import_react.useRef)(null);
	(0, import_react.useEffect)(() => {
		place.current?.focus();
	}, [shownAt]);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: fill_module_default.summary,
		role: "alert",
		tabIndex: -1,
		ref: place,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: words.faults(faults.length) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("ul", {
			role: "list",
			children: faults.map((fault) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("li", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("a", {
				href: `#${fault.fields[0] ?? ""}`,
				onClick: (event) => {
					event.preventDefault();
					focusField(fault.fields[0]);
				},
				children: fault.text
			}) }, `${fault.fields.join()}-${fault.row}-${fault.text}`))
		})]
	});
}
// domain/failure-list.ts
/**
* These strings are part of the HTTP contract: add, never rename. `{name}` is filled from the failure's params, in the
* reader's words (failure-words.ts); `[…{name}…]` is left out where the name is not given. `title` is the code's own
* name, the same in every case (RFC 9457): where the words are filled in, it stands beside them.
*/
var FAILURES = {
	MALFORMED: {
		status: 400,
		zh: "请求格式不正确",
		en: "The request is malformed"
	},
	UNAUTHENTICATED: {
		status: 401,
		zh: "请先登录",
		en: "Sign in first"
	},
	CSRF: {
		status: 403,
		zh: "请求未带本次登录的防伪令牌（X-CSRF），请刷新页面后重试",
		en: "The request lacks the CSRF token of this session (X-CSRF); reload the page and try again"
	},
	FORBIDDEN: {
		status: 403,
		zh: "您无权进行此操作",
		en: "You may not do this"
	},
	NOT_FOUND: {
		status: 404,
		zh: "未找到",
		en: "Not found"
	},
	TOO_LARGE: {
		status: 413,
		title: {
			zh: "内容过大",
			en: "The content is too large"
		},
		zh: "内容过大[，最大 {max}]",
		en: "The content is too large[; at most {max}]"
	},
	UNSUPPORTED_MEDIA_TYPE: {
		status: 415,
		zh: "不支持的内容类型",
		en: "Unsupported kind of content"
	},
	TOO_MANY_REQUESTS: {
		status: 429,
		title: {
			zh: "请求过于频繁，请稍后再试",
			en: "Too many requests; try again later"
		},
		zh: "请求过于频繁，请稍后再试[（{seconds} 秒后）]",
		en: "Too many requests; try again later[, in {seconds} s]"
	},
	PRECONDITION_FAILED: {
		status: 412,
		zh: "任务已有新的变动，请刷新后重试",
		en: "The assignment has moved on; look again and retry"
	},
	INTERNAL: {
		status: 500,
		zh: "系统内部错误",
		en: "Internal error"
	},
	UNAVAILABLE: {
		status: 503,
		zh: "数据库暂不可用，请稍后再试",
		en: "The database is away; try again shortly"
	},
	DOOR_FULL: {
		status: 503,
		zh: "等待办理的请求过多，请稍后再试",
		en: "Too many requests are waiting already; try again shortly"
	},
	STOPPING: {
		status: 503,
		zh: "服务正在停止或重启，请稍后再试",
		en: "The service is stopping or restarting; try again shortly"
	},
	CONTENDED: {
		status: 503,
		zh: "此处正在办理其他操作，请稍后再试",
		en: "Other work is being done here; try again shortly"
	},
	TOO_SLOW: {
		status: 503,
		zh: "办理超时，请稍后再试",
		en: "This took too long; try again shortly"
	},
	DISK_FULL: {
		status: 503,
		zh: "数据库磁盘已满，目前只能查看；请通知系统管理员，清出空间后重试",
		en: "The database’s disk is full and nothing can be written; tell the administrator, and try again when there is room"
	},
	THREADS_FULL: {
		status: 503,
		title: {
			zh: "正在读取或生成的表格和文档已满",
			en: "As many workbooks and documents are being read or made as this system can"
		},
		zh: "正在读取或生成的表格和文档已满，请稍后再试[（{seconds} 秒后）]",
		en: "As many workbooks and documents are being read or made as this system can; try again later[, in {seconds} s]"
	},
	IDEMPOTENCY_KEY_REUSED: {
		status: 422,
		zh: "同一 Idempotency-Key 已用于另一请求",
		en: "This Idempotency-Key was used for another request"
	},
	FILE_STORE_AWAY: {
		status: 503,
		zh: "附件存储暂不可用，请稍后再试",
		en: "The file store is away; try again shortly"
	},
	TOO_MANY_REPORTS: {
		status: 422,
		title: {
			zh: "报送过多，请到下级任务分别查看",
			en: "Too many reports to look at together"
		},
		zh: "报送超过 {max} 份，请到下级任务分别查看",
		en: "More than {max} reports; look at the assignments below one by one"
	},
	LINK_UNKNOWN: {
		status: 404,
		zh: "链接无效，请从消息中完整打开，或登录系统办理",
		en: "This is no valid link; open it whole from the message, or sign in"
	},
	LINK_EXPIRED: {
		status: 410,
		zh: "链接已过期，请登录系统办理",
		en: "The link has expired; sign in instead"
	},
	LINK_USED: {
		status: 410,
		zh: "链接已用过，签收已记录",
		en: "The link has been used; the receipt is recorded"
	},
	LINK_NOT_YOURS: {
		status: 403,
		zh: "收到此链接的人已不在该任务的岗位上，链接失效",
		en: "Whoever this link was sent to no longer holds the post; it is void"
	},
	WORKBOOK_UNKNOWN: {
		status: 422,
		zh: "这不是本系统导出的填报表，请下载任务的填报表填写",
		en: "This is no workbook of this system; download the one of the assignment and fill that in"
	},
	WORKBOOK_OF_ANOTHER: {
		status: 422,
		title: {
			zh: "这是另一任务的填报表",
			en: "This workbook belongs to another assignment"
		},
		zh: "这是另一任务的填报表：{value}，请下载本任务的填报表填写",
		en: "This workbook belongs to another assignment: {value}; download the one of this assignment"
	},
	WORKBOOK_OF_ANOTHER_FORM: {
		status: 422,
		zh: "填报表与现行表单不一致，请重新下载后填写",
		en: "The workbook was made for another form; download it again and fill that in"
	},
	WORKBOOK_OUTDATED: {
		status: 422,
		zh: "填报表下载之后已有新的报送，请重新下载后填写",
		en: "A report has come in since the workbook was downloaded; download it again and fill that in"
	},
	WORKBOOK_CHANGED: {
		status: 422,
		title: {
			zh: "工作表的版式被改动",
			en: "The layout of a sheet has been changed"
		},
		zh: "工作表“{sheet}”的版式被改动（{cell} 处），行列不可增删移动，请重新下载后填写",
		en: "The layout of the sheet “{sheet}” has been changed (at {cell}): nothing may be moved, put in or taken out; download it again"
	},
	CELL_FORMULA: {
		status: 422,
		zh: "单元格是公式，没有存下结果：请在表格软件（Excel、WPS）中打开并保存后再传，或“粘贴为数值”",
		en: "The cell holds a formula without a stored result: open the file in a spreadsheet program, save it and upload that, or paste the cell as a value"
	},
	CELL_PICTURE: {
		status: 422,
		zh: "图片、文本框和批注不随填报表报送；文件请在系统中上传，文字请写入填写格",
		en: "Pictures, text boxes and comments are not handed in with a workbook; upload files in the system, write words into the input cells"
	},
	CELL_NOT_TEXT: {
		status: 422,
		title: {
			zh: "此处应填文本",
			en: "Text is expected"
		},
		zh: "此处应填文本，表格软件已把填写内容变成日期、时间或百分比（现为 {value}）；请把单元格格式设为“文本”后重新填写",
		en: "Text is expected; the spreadsheet has made a date, a time or a percentage of what was typed (now {value}); format the cell as text and type it again"
	},
	CELL_DIGITS_LOST: {
		status: 422,
		title: {
			zh: "数字过长，末位会被改动",
			en: "A number too long to keep its last digits"
		},
		zh: "超过 15 位的数字会被表格软件改动末位（现为 {value}）；请把单元格格式设为“文本”后重新填写",
		en: "A spreadsheet changes the last digits of a number of more than 15 (now {value}); format the cell as text and type it again"
	},
	CELL_MERGED: {
		status: 422,
		zh: "单元格合并了几个填写格，分不清各是多少；请取消合并，逐格填写",
		en: "Several input cells are merged and it cannot be told what is said in each; unmerge them and fill in each"
	},
	CELL_NOT_HANDED_IN: {
		status: 422,
		title: {
			zh: "此处的内容不会报送",
			en: "This is not handed in"
		},
		zh: "此处的内容不会报送：{value}；要报送的话请写在“附言”一栏",
		en: "This is not handed in: {value}; write what is to be said into the note"
	},
	TOTAL_ROW: {
		status: 422,
		title: {
			zh: "合计行不作为一条报送",
			en: "A row of totals is not handed in as an entry"
		},
		zh: "合计行不作为一条报送（{value}）；合计由系统计算",
		en: "A row of totals is not handed in as an entry ({value}); totals are worked out by the system"
	},
	TOTAL_ROW_KEPT: {
		status: 422,
		title: {
			zh: "有一行像是合计行",
			en: "A row that looks like a row of totals"
		},
		zh: "这一行像是合计行（{value}），已作为一条报送；如是合计请删去",
		en: "This looks like a row of totals ({value}) and is taken as an entry; delete it if it is one"
	},
	ROWS_WITHOUT_UNIT: {
		status: 422,
		title: {
			zh: "有的行没有写明单位",
			en: "Rows that name no unit we know"
		},
		zh: "此行没有写明单位，可能属于“{value}”，该单位暂不收；请在每行写明单位",
		en: "This row names no unit we know and may belong to {value}, which is held back; name the unit in each row"
	},
	NOTHING_WRITTEN: {
		status: 422,
		title: {
			zh: "填写内容无法识别",
			en: "Nothing to take in what was written"
		},
		zh: "“{value}”不能作为填写内容；没有请留空，数量为零请填 0",
		en: "Nothing to take in “{value}”; leave the cell empty where there is nothing, and write 0 for none"
	},
	PERCENT_WITHOUT_SIGN: {
		status: 422,
		title: {
			zh: "百分数应在 0% 至 100% 之间",
			en: "A percentage is between 0% and 100%"
		},
		zh: "应在 0% 至 100% 之间，{value} 请写 {value}%",
		en: "Between 0% and 100%; for {value} write {value}%"
	},
	PERCENT_UNCLEAR: {
		status: 422,
		title: {
			zh: "百分数的写法不明确",
			en: "A percentage that can be read in two ways"
		},
		zh: "可以是 {value}%，也可以是 100%；请写明百分号",
		en: "It can be {value}% or 100%; write the per cent sign"
	},
	MORE_PROBLEMS: {
		status: 422,
		title: {
			zh: "问题过多，其余未列出",
			en: "More problems than are listed"
		},
		zh: "问题超过 {max} 处，其余未列出；请先改正已列出的再传一次",
		en: "There are more than {max} problems, the others are not listed; mend these and send it again"
	},
	CELL_ERROR: {
		status: 422,
		title: {
			zh: "单元格是错误值",
			en: "The cell holds an error"
		},
		zh: "单元格是错误值 {value}：请改正公式，或直接填写",
		en: "The cell holds the error {value}: mend its formula, or write the value itself"
	},
	CELL_OUTSIDE: {
		status: 422,
		zh: "此处不是填写的地方，请清除",
		en: "Nothing is asked here; clear the cell"
	},
	NOT_A_NUMBER: {
		status: 422,
		zh: "应填数字，如 1234.5",
		en: "A number is expected, such as 1234.5"
	},
	NOT_AN_INTEGER: {
		status: 422,
		zh: "应填整数",
		en: "A whole number is expected"
	},
	NOT_A_DATE: {
		status: 422,
		zh: "应填日期，如 2023-09-01",
		en: "A date is expected, such as 2023-09-01"
	},
	NOT_YES_OR_NO: {
		status: 422,
		zh: "应填“是”或“否”",
		en: "Yes or No is expected"
	},
	TOO_LONG_FOR_A_CELL: {
		status: 409,
		title: {
			zh: "已报内容过长，单元格放不下",
			en: "What has been reported is too long for a cell"
		},
		zh: "已报内容过长，单元格放不下，请在系统中填报：{value}",
		en: "What has been reported is too long for a cell; report in the system itself: {value}"
	},
	REPORTED_BELOW: {
		status: 409,
		zh: "该任务已交下级填报",
		en: "This assignment has been handed on; those below report"
	},
	NO_FORM: {
		status: 409,
		zh: "该事项没有表单，报送为说明和附件",
		en: "This item has no form; its report is a note and files"
	},
	DUPLICATE: {
		status: 409,
		title: {
			zh: "编号已被使用",
			en: "Already used"
		},
		zh: "编号已被使用：{value}",
		en: "Already used: {value}"
	},
	LAST_ADMINISTRATOR: {
		status: 409,
		zh: "此后将再无系统管理员：请先指定另一位，再作此变更；已无人可用时，可在服务器上恢复（见运维手册“找回管理员”）",
		en: "This would leave the installation without an administrator: name another first; should there be none left, run npm run admin on the machine itself"
	},
	ALREADY_ACKNOWLEDGED: {
		status: 409,
		zh: "已签收",
		en: "Already acknowledged"
	},
	ALREADY_SUBMITTED: {
		status: 409,
		zh: "已报送，正待审核。需要修改的，审核前可先撤回再重报；也可请交办单位退回",
		en: "Already submitted, waiting for review. To change it, withdraw it while it waits and report again, or ask the issuer to return it"
	},
	ALREADY_SETTLED: {
		status: 409,
		zh: "任务已办结",
		en: "Already settled"
	},
	CORRECTION_NEEDS_NOTE: {
		status: 409,
		zh: "已审核通过。需要更正的，请写明附言后再报",
		en: "Approved already. To correct it, report again with a note"
	},
	CORRECTED_BY_UNIT: {
		status: 409,
		zh: "该单位的报送已审核通过，须由该单位自己更正；审核有误的，可收回审核后退回",
		en: "What the unit has reported is approved: the unit corrects it itself; an approval given by mistake can be taken back and the report returned"
	},
	NOT_SETTLED: {
		status: 409,
		zh: "任务尚未办结，无须重新开启；待审的报送请审核或退回",
		en: "Not settled, so there is nothing to open again; review or return what waits"
	},
	DESK_NOT_REOPENED: {
		status: 409,
		zh: "该任务已连同下级一并撤销，不能重新开启；仍需办理的，请办公室复制交办件，另行交办",
		en: "Cancelled with everything below it, it cannot be opened again; where it is still needed, the office issues a copy of the directive to it"
	},
	SETTLED_ABOVE: {
		status: 409,
		zh: "上级任务已撤销或办结，下级不能重新开启",
		en: "The level above is cancelled or over; nothing below it can be opened again"
	},
	SENT_UP: {
		status: 409,
		zh: "上级的汇总已上报；请先撤回该汇总或由其上级退回，已通过的也可由承办单位更正",
		en: "The report of the level above has gone up with it; have that taken back or returned first, or correct what was approved"
	},
	HANDED_UP: {
		status: 409,
		zh: "数据已报送上级机关，不能收回审核；请由承办单位更正",
		en: "The figures have been handed up to the superior; the approval stands, the holder may correct the report"
	},
	NOT_SUBMITTED: {
		status: 409,
		zh: "尚未报送",
		en: "Not submitted"
	},
	NOT_A_DESK: {
		status: 409,
		zh: "该任务没有下级任务",
		en: "This assignment has handed nothing out"
	},
	NOTHING_REPORTED: {
		status: 409,
		zh: "下级尚无报送，无可汇总",
		en: "Nothing has been reported below"
	},
	SUSPENDED: {
		status: 409,
		title: {
			zh: "任务已挂起",
			en: "Suspended"
		},
		zh: "任务已挂起[，至 {until}]",
		en: "Suspended[ until {until}]"
	},
	EXTENSION_PENDING: {
		status: 409,
		title: {
			zh: "已有待批的延期申请",
			en: "An extension request is pending"
		},
		zh: "已有待批的延期申请[（申请延至 {dueAt}）]",
		en: "An extension request is pending[ (until {dueAt})]"
	},
	NO_EXTENSION_PENDING: {
		status: 409,
		zh: "没有待批的延期申请",
		en: "No extension request is pending"
	},
	NOT_SUSPENDED: {
		status: 409,
		zh: "任务未挂起",
		en: "Not suspended"
	},
	SUSPENDED_ABOVE: {
		status: 409,
		zh: "由上级任务挂起，须由上级恢复",
		en: "Suspended by a level above; it is resumed there"
	},
	TRANSFER_PENDING: {
		status: 409,
		zh: "已有待答复的转办",
		en: "A transfer is waiting for its answer"
	},
	NO_TRANSFER_PENDING: {
		status: 409,
		zh: "没有待答复的转办",
		en: "No transfer is waiting for an answer"
	},
	DECLINE_PENDING: {
		status: 409,
		zh: "已提出不属本单位职责，正待答复",
		en: "Declined already, waiting for the decision"
	},
	NO_DECLINE_PENDING: {
		status: 409,
		zh: "没有待答复的退办",
		en: "Nothing has been declined"
	},
	NOTHING_TO_SIGN: {
		status: 409,
		zh: "没有待签发的报送",
		en: "No report waits for a signature"
	},
	ALREADY_SHARED: {
		status: 409,
		title: {
			zh: "该单位已可查看",
			en: "Already seen by them"
		},
		zh: "{value} 已可查看",
		en: "Already seen by {value}"
	},
	RUNG_TAKEN: {
		status: 409,
		title: {
			zh: "该级已经提过",
			en: "This rung has been taken"
		},
		zh: "第 {value} 级已经提过，每级只提一次；下一个可提的是第 {next} 级（从 0 数起）",
		en: "Rung {value} has been taken, and each is taken once; the next above is {next}, counted from 0"
	},
	RUNGS_ALL_TAKEN: {
		status: 409,
		zh: "各级都已提过，没有更高一级；可以催办，或直接联系承办单位负责人",
		en: "Every rung has been taken and there is none above; urge the holder, or speak to its leader"
	},
	DIRECTIVE_CLOSED: {
		status: 409,
		zh: "交办件已办结",
		en: "The directive is closed"
	},
	DIRECTIVE_CANCELLED: {
		status: 409,
		zh: "交办件已撤销",
		en: "The directive is cancelled"
	},
	NOT_ISSUED: {
		status: 409,
		zh: "交办件尚未全部发出",
		en: "The directive has not gone out yet"
	},
	IF_MATCH_REQUIRED: {
		status: 428,
		zh: "修改或删除草稿须带 If-Match（草稿的 version），以免覆盖他人的改动",
		en: "Give If-Match with the version of the draft, so that nobody’s change is lost"
	},
	NOT_A_DRAFT: {
		status: 409,
		zh: "交办件已交办",
		en: "The directive has been issued already"
	},
	NEWER_VERSION: {
		status: 412,
		zh: "已有新的版本，请重新查看后再改",
		en: "There is a newer version; look again, then change it"
	},
	OF_ANOTHER_OFFICE: {
		status: 403,
		zh: "属于其他办公室：请克隆，或另取名称",
		en: "It is another office’s: clone it, or take another name"
	},
	UNKNOWN_FORM: {
		status: 422,
		title: {
			zh: "表单库中没有此表单或此版本",
			en: "The library has no such form or version"
		},
		zh: "表单库中没有此表单或此版本：{value}",
		en: "The library has no such form or version: {value}"
	},
	UNKNOWN_TEMPLATE: {
		status: 422,
		title: {
			zh: "此表单没有这个模板",
			en: "The form has no such template"
		},
		zh: "此表单没有这个 {kind} 模板：{value}",
		en: "The form has no such {kind} template: {value}"
	},
	UNKNOWN_PATH: {
		status: 422,
		title: {
			zh: "汇总中没有此数据",
			en: "A summary of this form has no such figure"
		},
		zh: "汇总中没有此数据：{value}",
		en: "A summary of this form has no such figure: {value}"
	},
	UNKNOWN_NAME: {
		status: 422,
		title: {
			zh: "模板文件中没有此名称",
			en: "The file has no such name or placeholder"
		},
		zh: "模板文件中没有此名称：{value}",
		en: "The file has no such name or placeholder: {value}"
	},
	/** A warning: the name stays as it is in the file. */
	UNMAPPED_NAME: {
		status: 422,
		title: {
			zh: "模板中有名称没有对应数据",
			en: "A name of the file is mapped to nothing"
		},
		zh: "模板中的“{value}”没有对应数据，将保持原样",
		en: "The name “{value}” of the file is mapped to nothing and stays as it is"
	},
	TEMPLATE_KIND: {
		status: 422,
		zh: "模板须为 xlsx 工作簿或 docx 文档",
		en: "A template is an xlsx workbook or a docx document"
	},
	TEMPLATE_MACROS: {
		status: 422,
		zh: "模板含有宏或控件，请另存为不含宏的文件",
		en: "The file has macros or controls; save it without them"
	},
	TEMPLATE_LINKS: {
		status: 422,
		zh: "模板引用了外部文件或数据，请断开链接后再传",
		en: "The file reaches for other files or data; break the links"
	},
	TEMPLATE_DAMAGED: {
		status: 422,
		zh: "模板文件打不开，请用办公软件重新保存后再传",
		en: "The file does not open; save it anew and try again"
	},
	TEMPLATE_LARGE: {
		status: 422,
		zh: "模板文件过大，请去掉不需要的内容",
		en: "The file is too large for a template; leave out what is not needed"
	},
	INVALID: {
		status: 422,
		zh: "内容有误",
		en: "The content is wrong"
	},
	REQUIRED: {
		status: 422,
		zh: "必填",
		en: "Required"
	},
	WRONG_TYPE: {
		status: 422,
		title: {
			zh: "类型不符",
			en: "Wrong type"
		},
		zh: "类型不符，应为{expected}",
		en: "Wrong type; {expected} expected"
	},
	UNKNOWN_FIELD: {
		status: 422,
		zh: "没有此字段",
		en: "There is no such field"
	},
	OUT_OF_RANGE: {
		status: 422,
		title: {
			zh: "超出范围",
			en: "Out of range"
		},
		zh: "超出范围（{range}）",
		en: "Out of range ({range})"
	},
	NO_DECIMALS: {
		status: 422,
		zh: "只有数值和百分比字段可设小数位数（decimals）",
		en: "Only numbers and percentages have decimals"
	},
	MASKED_VALUE: {
		status: 422,
		zh: "这是遮蔽后的内容（含“**”或“＊＊”），不能当作真实值报送；请填写真实值，未改动的沿用原值即可",
		en: "This is what a mask leaves of a value (“**” or “＊＊”), not the value; write the true one, or leave the report as it was"
	},
	TOO_PRECISE: {
		status: 422,
		zh: "最多 6 位小数",
		en: "At most 6 decimals"
	},
	TOO_LONG: {
		status: 422,
		title: {
			zh: "过长",
			en: "Too long"
		},
		zh: "过长，最多 {max} 个字",
		en: "Too long; at most {max} characters"
	},
	NOT_AN_OPTION: {
		status: 422,
		title: {
			zh: "不在选项之中",
			en: "Not one of the options"
		},
		zh: "不在选项之中：{options}",
		en: "Not one of the options: {options}"
	},
	RULE_BROKEN: {
		status: 422,
		zh: "不符合校验规则",
		en: "A rule is broken"
	},
	EXPLANATION_REQUIRED: {
		status: 422,
		zh: "需要说明原因",
		en: "An explanation is required"
	},
	RULE_DOES_NOT_COMPILE: {
		status: 422,
		title: {
			zh: "规则无法编译",
			en: "The rule does not compile"
		},
		zh: "规则无法编译：{reason}",
		en: "The rule does not compile: {reason}"
	},
	NOT_AN_INSTANT: {
		status: 422,
		zh: "应为带时区的时间，如 2026-11-27T17:30:00+08:00",
		en: "A time with its offset is expected, such as 2026-11-27T17:30:00+08:00"
	},
	NOT_A_DURATION: {
		status: 422,
		zh: "应为时长，以天、时、分、秒计（不用年、月、周），如 PT30M（30 分钟）、PT7H30M、P2D（2 天）",
		en: "A duration in days, hours, minutes and seconds is expected (no years, months or weeks), such as PT30M, PT7H30M or P2D"
	},
	DUE_AFTER_PARENT: {
		status: 422,
		title: {
			zh: "时限晚于上级时限",
			en: "Due after the level above"
		},
		zh: "时限晚于上级时限[（{parentDueAt}）]",
		en: "Due after the level above[ ({parentDueAt})]"
	},
	DUE_BEFORE_CHILDREN: {
		status: 422,
		title: {
			zh: "时限早于下级时限",
			en: "Due before the levels below"
		},
		zh: "时限早于下级时限[（不得早于 {dueAt}）]",
		en: "Due before the levels below[ (not before {dueAt})]"
	},
	DUE_BEFORE_ISSUE: {
		status: 422,
		title: {
			zh: "时限不晚于交办时间",
			en: "Due before the issue"
		},
		zh: "时限 {dueAt} 不晚于交办时间 {issuedAt}，一发出就已逾期：请推迟时限",
		en: "Due {dueAt}, not after the issue at {issuedAt}: late at birth; give a later due time"
	},
	DUE_OF_APPROVED: {
		status: 422,
		zh: "收回审核后报送仍待审，不另定时限；退回时可定",
		en: "What was approved waits for review again and gets no new due time; a return may give one"
	},
	DUE_IN_PAST: {
		status: 422,
		title: {
			zh: "时限已经过去",
			en: "A due time that is past already"
		},
		zh: "时限已经过去[（须晚于 {after}）]",
		en: "A due time that is past already[ (must be after {after})]"
	},
	DUE_NOT_LATER: {
		status: 422,
		title: {
			zh: "不晚于现有时限",
			en: "Not later than the present due time"
		},
		zh: "不晚于现有时限[（{dueAt}）]",
		en: "Not later than the present due time[ ({dueAt})]"
	},
	UNTIL_IN_PAST: {
		status: 422,
		title: {
			zh: "挂起截止时间须晚于当前时间",
			en: "A suspension must end in the future"
		},
		zh: "挂起截止时间须晚于当前时间[（{after}）]",
		en: "A suspension must end in the future[ (after {after})]"
	},
	OWN_HOLDER: {
		status: 422,
		title: {
			zh: "该单位已是承办单位",
			en: "Already held by them"
		},
		zh: "{value} 已是承办单位",
		en: "Already held by {value}"
	},
	NOTHING_CHANGES: {
		status: 422,
		zh: "内容没有变化",
		en: "Nothing changes"
	},
	UNKNOWN_UNIT: {
		status: 422,
		title: {
			zh: "没有此单位",
			en: "Unknown unit"
		},
		zh: "没有此单位：{value}",
		en: "Unknown unit: {value}"
	},
	UNKNOWN_TASK_FORCE: {
		status: 422,
		title: {
			zh: "没有此专班",
			en: "Unknown task force"
		},
		zh: "没有此专班：{value}",
		en: "Unknown task force: {value}"
	},
	UNKNOWN_PERSON: {
		status: 422,
		title: {
			zh: "没有此人员",
			en: "Unknown person"
		},
		zh: "没有此人员：{value}",
		en: "Unknown person: {value}"
	},
	UNKNOWN_POLICY: {
		status: 422,
		title: {
			zh: "没有此策略",
			en: "Unknown policy"
		},
		zh: "没有此策略：{value}",
		en: "Unknown policy: {value}"
	},
	UNKNOWN_CALENDAR: {
		status: 422,
		title: {
			zh: "没有此日历",
			en: "Unknown calendar"
		},
		zh: "没有此日历：{value}",
		en: "Unknown calendar: {value}"
	},
	UNKNOWN_FILE: {
		status: 422,
		title: {
			zh: "没有此附件",
			en: "Unknown file"
		},
		zh: "没有此附件：{value}",
		en: "Unknown file: {value}"
	},
	/** In content it is one of the faults; by itself it names a step that has been taken already. */
	REPEATED: {
		status: 409,
		title: {
			zh: "重复",
			en: "Given twice"
		},
		zh: "重复：{value}",
		en: "Given twice: {value}"
	},
	RESERVED: {
		status: 422,
		title: {
			zh: "保留字，不能用作键",
			en: "A reserved word"
		},
		zh: "保留字，不能用作键：{value}",
		en: "A reserved word: {value}"
	},
	RULE_UNDECIDED: {
		status: 422,
		title: {
			zh: "规则无法判断",
			en: "The rule could not be decided"
		},
		zh: "规则无法判断，请核对：{reason}",
		en: "The rule could not be decided: {reason}"
	},
	ZERO_REPORT_NOT_ALLOWED: {
		status: 422,
		zh: "此事项不接受零报告",
		en: "This item takes no zero report"
	},
	/** Answered until nodes took parts of their own; no longer answered. */
	NO_OWN_PART: {
		status: 422,
		zh: "该任务由下级汇总而成，不接受本级填报",
		en: "This report is merged from below and takes no values of its own"
	},
	EMPTY_GROUP: {
		status: 422,
		title: {
			zh: "没有此类成员单位",
			en: "No member unit of this kind"
		},
		zh: "没有此类成员单位：{value}",
		en: "No member unit of this kind: {value}"
	},
	DIFFERENT_OFFICES: {
		status: 422,
		zh: "各专班须属同一办公室",
		en: "The task forces must belong to one office"
	},
	OWN_ANCESTOR: {
		status: 422,
		title: {
			zh: "同一单位不能既交办又承办",
			en: "A unit cannot be above or below itself"
		},
		zh: "同一单位不能既交办又承办：{value}",
		en: "A unit cannot be above or below itself: {value}"
	},
	NOT_BELOW: {
		status: 422,
		title: {
			zh: "不是其下级单位",
			en: "Not below it in the organisation"
		},
		zh: "“{value}”不是“{holder}”的下级单位，不能向它分解；要由它承办，请用“转办”",
		en: "Not below {holder} in the organisation: {value} takes no part from it; to have it take the assignment over, use transfer"
	},
	TOO_MANY: {
		status: 422,
		title: {
			zh: "数量过多",
			en: "Too many"
		},
		zh: "数量过多，最多 {max} 个",
		en: "Too many; at most {max}"
	},
	TOO_DEEP: {
		status: 422,
		title: {
			zh: "层级过深",
			en: "Too deep"
		},
		zh: "层级过深，最多 {max} 级",
		en: "Too deep; at most {max} levels"
	},
	CALENDAR_YEAR_UNKNOWN: {
		status: 422,
		title: {
			zh: "工作日历缺少该年",
			en: "The work calendar does not know the year"
		},
		zh: "工作日历缺少 {year} 年，请管理员载入",
		en: "The work calendar does not know {year}; an administrator loads it"
	},
	OTHER_YEAR: {
		status: 422,
		title: {
			zh: "日期不在该年内",
			en: "Not a date of the year"
		},
		zh: "日期不在 {year} 年内：{value}",
		en: "Not a date of {year}: {value}"
	},
	NOT_A_DAY_OFF: {
		status: 422,
		title: {
			zh: "该日本就上班，不是调休",
			en: "A working day already, not a day off made up for"
		},
		zh: "该日本就上班，不是调休：{value}",
		en: "A working day already, not a day off made up for: {value}"
	},
	NOT_A_WORKDAY: {
		status: 422,
		title: {
			zh: "该日不上班，不能是半日",
			en: "Nobody works that day"
		},
		zh: "该日不上班，不能是半日：{value}",
		en: "Nobody works that day: {value}"
	},
	NOT_A_HALF_DAY: {
		status: 422,
		title: {
			zh: "半日的工作时间须短于平日",
			en: "A half day is shorter than an ordinary day"
		},
		zh: "半日的工作时间须短于平日：{value}",
		en: "A half day is shorter than an ordinary day: {value}"
	},
	EVERY_DAY_COUNTS: {
		status: 422,
		zh: "此日历每天都算工作日，没有放假安排和赛时",
		en: "Every day counts in this calendar: it has no holidays and no event"
	},
	NOT_ON_BEHALF: {
		status: 409,
		zh: "该任务由下级汇总而成，不能代报",
		en: "This report is merged from below; nobody can bring it for its holder"
	},
	SIGNATURE_PENDING: {
		status: 409,
		zh: "承办单位已自行填报，正待其负责人签发；请先签发或由承办单位撤回",
		en: "The holder has filled in its own report; it waits for the signature of its leader. Sign it or take it back first"
	},
	SENSITIVE_OVER_TIME: {
		status: 422,
		title: {
			zh: "敏感字段没有跨期数字",
			en: "A sensitive field has no figure over time"
		},
		zh: "“{label}”是敏感字段，只有填报单位和直接下达单位看得到，不提供跨期数字；请在各期任务中分别查看",
		en: "A sensitive field has no figure over time, and “{label}” is one: only the unit that reported it and the direct issuer read it; look at each assignment by itself"
	},
	SNAPSHOT_NOT_SUMMED: {
		status: 422,
		title: {
			zh: "时点数各期不能相加",
			en: "A snapshot is never added up over time"
		},
		zh: "“{label}”是时点数，各期不能相加：同一批对象每期都在，相加即重复计算。可改用 as=last（最近一期）、mean（平均）、min 或 max；要算一段时间的总量，请用流量数字段",
		en: "A snapshot is never added up over time, and “{label}” is one: whoever is still there would be counted again in each period. Ask for as=last (the latest), mean, min or max; for a total over time, use a field that is a flow"
	},
	TIME_AXIS_NOT_STATED: {
		status: 422,
		title: {
			zh: "未说明是流量数还是时点数",
			en: "Neither a flow nor a snapshot is stated"
		},
		zh: "“{label}”未说明是流量数还是时点数，不能相加。可改用 as=last、mean、min 或 max",
		en: "The field “{label}” does not say whether it is a flow or a snapshot, so it is not added up; ask for as=last, mean, min or max"
	},
	NO_NUMBER_OVER_TIME: {
		status: 422,
		title: {
			zh: "不是数值，没有跨期的数",
			en: "No number, so no figure over time"
		},
		zh: "“{label}”不是数值，没有跨期的数",
		en: "The field “{label}” is no number, so there is no figure of it over time"
	},
	NOT_MERGED: {
		status: 422,
		title: {
			zh: "该字段不汇总",
			en: "The field is not merged"
		},
		zh: "“{label}”不汇总，没有可跨期比较的数",
		en: "The field “{label}” is not merged, so there is no figure of it"
	},
	FIELD_DIFFERS: {
		status: 422,
		title: {
			zh: "与第一个交办件的同名字段不是同一口径",
			en: "Not the same kind of field as in the first directive"
		},
		zh: "与第一个交办件的同名字段不是同一口径：{value} 不同",
		en: "Not the same kind of field as in the first directive: another {value}"
	},
	NOTHING_TO_CARRY: {
		status: 422,
		zh: "没有可沿用的上次数据，请填写",
		en: "There is nothing fresh and approved to take over; fill it in"
	},
	CARRIED_DIFFERS: {
		status: 422,
		title: {
			zh: "与上次审核通过的数据不同",
			en: "Not what was last approved"
		},
		zh: "与上次审核通过的数据不同，不能标为沿用：{value}",
		en: "Not what was last approved, so it is not taken over: {value}"
	},
	UNCHANGED_AND_ZERO: {
		status: 422,
		zh: "零报告与“无变化”只能选其一",
		en: "A zero report cannot also say that nothing has changed"
	},
	LAST_NOT_SEEN: {
		status: 422,
		zh: "您看不到上次报送的数据，请直接填写",
		en: "You do not see what was reported last; give the value itself"
	},
	FORM_OR_DOCUMENT: {
		status: 422,
		zh: "一个事项只能有表单或文稿之一",
		en: "An item asks for a form or for a document, not for both"
	},
	NOT_A_RECEIVER: {
		status: 422,
		title: {
			zh: "不在此事项的承办单位之中",
			en: "No receiver of this item"
		},
		zh: "不在此事项的承办单位之中：{value}",
		en: "No receiver of this item: {value}"
	},
	NOT_YOUR_SECTION: {
		status: 422,
		zh: "此章节未分配给本单位，请删去",
		en: "This section is not assigned to you; leave it out"
	},
	NOT_A_DOCX: {
		status: 422,
		title: {
			zh: "须为 Word 文档",
			en: "Must be a Word document"
		},
		zh: "须为 Word 文档（.docx）：{name}",
		en: "Must be a Word document (.docx): {name}"
	},
	DOCX_TOO_LARGE: {
		status: 422,
		title: {
			zh: "Word 文档过大或过于复杂",
			en: "The Word document is too large or too complex"
		},
		zh: "Word 文档解压后过大、过于复杂或读取超时，请精简或压缩图片后重新上传：{name}",
		en: "The Word document is too large or too complex once unpacked; shorten it or its pictures: {name}"
	},
	DOCX_UNREADABLE: {
		status: 422,
		title: {
			zh: "Word 文档已损坏，无法读取",
			en: "The Word document cannot be read"
		},
		zh: "Word 文档已损坏，无法读取，请另存后重新上传：{name}",
		en: "The Word document is damaged and cannot be read; save it anew and upload it again: {name}"
	},
	DOCUMENT_TOO_LARGE: {
		status: 422,
		zh: "文稿过大，请到下级任务分别汇总",
		en: "The document is too large; compose it at the levels below"
	}
};
// domain/reason-words.ts
var SHAPES = {
	number: "数字",
	text: "文字",
	bool: "是或否",
	list: "列表",
	row: "表格的一行",
	null: "空值"
};
var shape = (word) => SHAPES[word ?? ""] ?? "其他类型";
var WHERE = {
	"a list": "列表",
	"a rule": "规则"
};
var where = (text) => WHERE[text ?? ""] ?? text ?? "";
/** Tokens as the parser names them; a sign stays a sign. */
var TOKENS = {
	EOF: "结尾",
	IDENTIFIER: "名称",
	NUMBER: "数字",
	STRING: "文字",
	BYTES: "字节串",
	BOOLEAN: "是或否",
	NULL: "空值"
};
var token = (name) => TOKENS[name ?? ""] ?? "符号";
/** In order; the parts are the groups of the pattern. Own texts first, then the parser's. */
var CHINESE = [
	[/^there is no field (\S+)$/, (key) => `没有字段 ${key}`],
	[/^last is read as last\.<key>$/, () => "上次的值写作 last.字段键"],
	[/^there is no last value of (\S+):/, (key) => `${key} 不是单个值，没有上次的值`],
	[/^there is no (\.?\w+)\(\) of (\S+)$/, (name, count) => `没有 ${count} 个参数的函数 ${name}()`],
	[/^matches needs a regular expression$/, () => "matches 的样式不是正确的正则表达式"],
	[/^matches needs a pattern in quotes$/, () => "matches 的样式须用引号写明"],
	[/^the pattern is too large$/, () => "正则表达式过大"],
	[/^no \(\?…\) but \(\?:…\) in patterns$/, () => "正则表达式中括号只能写作 (?:…)"],
	[/^no references back in patterns$/, () => "正则表达式不能反向引用"],
	[/^too much work for one report$/, () => "一份报送的计算量过大"],
	[/^(.+) needs a (\w+), not a (\w+)$/, (at, is, was) => `${where(at)} 处应为${shape(is)}，不是${shape(was)}`],
	[/^(.+) between a (\w+) and a (\w+)$/, (at, a, b) => `${where(at)} 两边不是同类：${shape(a)}与${shape(b)}`],
	[/^(\S+) between rows; compare their cells$/, (op) => `${op} 不能比较整行，请比较其中的各列`],
	[/^division by zero$/, () => "除数为零"],
	[/^a number too large$/, () => "数字过大"],
	[/^in needs a number, text or bool on its left$/, () => "in 左边应为数字、文字或是否"],
	[/^map to null$/, () => "map 的结果不能是空值"],
	[/^sum needs a list of numbers$/, () => "sum 只能用于数字的列表"],
	[/^no (.+) in rules$/, (sign) => `规则中不能用 ${sign}`],
	[/^\.(\S+) of something that has no columns$/, (key) => `.${key} 前面的值没有列`],
	[/^there is no column (\S+)$/, (key) => `没有列 ${key}`],
	[/^there is no such row$/, () => "没有这一行"],
	[/^a list needs at least one value/, () => "列表至少要有一个非空的值"],
	[/^(\S+) needs a list$/, (at) => `${at} 只能用于列表`],
	[/^Unexpected character: (.+)$/, (sign) => `不认识的符号：${sign}`],
	[/^Unexpected token: (\w+)/, (name) => `此处不应有${token(name)}`],
	[/^Expected (\w+), got (\w+)/, (wanted, got) => `此处应为${token(wanted)}，而不是${token(got)}`],
	[/^Exceeded \w+ \((\d+)\)/, (most) => `规则过长或过于复杂，上限为 ${most}`],
	[/^Reserved identifier: (\S+)/, (word) => `保留字不能用作名称：${word}`],
	[/^Unterminated|^Newlines not allowed/, () => "引号没有成对"],
	[/^Invalid (?:number|integer|exponent|hex|double)/i, () => "数字写法有误"],
	[/escape/i, () => "反斜杠后的写法有误"]
];
/** For a reason without words here: general words in the reader's language, not the compiler's English. */
var UNFORESEEN = "写法有误，请对照说明检查";
function reasonWords(reason, language) {
	if (language === "en") return reason;
	for (const [pattern, words] of CHINESE) {
		const found = pattern.exec(reason);
		if (found) return words(...found.slice(1));
	}
	return UNFORESEEN;
}
// domain/failure-words.ts
/** Types of fields and of JSON in words; in English they are words already. */
var TYPES = {
	integer: "整数",
	int: "整数",
	number: "数值",
	percent: "百分比",
	boolean: "是或否",
	choice: "选项",
	text: "文字",
	string: "文字",
	date: "日期",
	contact: "联系人（姓名和电话）",
	table: "表格",
	rows: "表格的各行",
	row: "表格的一行",
	file: "附件",
	array: "列表",
	tuple: "列表",
	object: "对象",
	record: "对象",
	map: "对象",
	set: "列表",
	null: "空值",
	nan: "数字",
	bigint: "整数"
};
/** The properties of a field that may differ from another's. */
var PROPERTIES = {
	type: "类型",
	unit: "单位",
	aggregate: "汇总方式",
	timeAxis: "流量数或时点数",
	options: "选项",
	columns: "各列"
};
var typeWord = (type, language) => language === "zh" ? TYPES[type.toLowerCase()] ?? "规定的类型" : type;
var MB = 1048576;
/** Bytes as people speak of them. */
var sizeText = (bytes) => bytes >= MB ? `${Math.round(bytes / MB * 10) / 10} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
function spoken(code, name, value, language) {
	if (name === "expected") return typeWord(String(value), language);
	if (name === "reason") return reasonWords(String(value), language);
	if (name === "value" && code === "FIELD_DIFFERS" && language === "zh") return PROPERTIES[value] ?? "定义";
	if (name === "max" && code === "TOO_LARGE" && typeof value === "number") return sizeText(value);
	return whenText(value) ?? value;
}
/** An open end, or one wider than any number taken here, is not named as a limit. */
var UNBOUNDED = 0xe8d4a51000;
var isLimit = (value) => value !== void 0 && !(typeof value === "number" && Math.abs(value) >= UNBOUNDED);
/** `1 至 12`, `不小于 1`, `不大于 12`; with the thing counted (characters, entries) where the limit is not one of the value itself. */
function rangeText({ min, max, of }, language) {
	const what = {
		characters: {
			zh: " 个字",
			en: " characters"
		},
		entries: {
			zh: " 项",
			en: " entries"
		}
	}[of ?? ""]?.[language] ?? "";
	if (isLimit(min) && isLimit(max)) return {
		zh: `${min} 至 ${max}${what}`,
		en: `${min} to ${max}${what}`
	}[language];
	if (isLimit(min)) return {
		zh: `不少于 ${min}${what}`,
		en: `at least ${min}${what}`
	}[language];
	if (isLimit(max)) return {
		zh: `不超过 ${max}${what}`,
		en: `at most ${max}${what}`
	}[language];
	return {
		zh: "绝对值不超过一万亿",
		en: "at most 10¹² either way"
	}[language];
}
/** `{range}` comes from the limits among the params; `[…{name}…]` is kept only where the name is known. */
function spokenFailure(code, text, params, language) {
	const said = {};
	for (const [name, value] of Object.entries(params)) said[name] = spoken(code, name, value, language);
	if (text.includes("{range}")) said["range"] = rangeText({
		...params,
		...said
	}, language);
	return {
		text: text.replaceAll(/\[([^[\]]*\{(\w+)\}[^[\]]*)\]/g, (_, part, name) => said[name] === void 0 ? "" : part),
		params: said
	};
}
// domain/failure.ts
/** The words of a failure, e.g. `沒有此单位：XX`; a fault's own `text` (a form rule's message) wins. */
function wordsOf(failure, language) {
	if (failure.text !== void 0) return failure.text;
	const { code, words = code, params = {} } = failure;
	const said = spokenFailure(code, FAILURES[words][language], params, language);
	return filled(said.text, said.params);
}
// web/routes/fill/faults.ts
var VALUE = /^values\.([^.[]+)/;
var ROW = /^rows\.([^.[]+)(?:\[(\d+)\])?(?:\.(.+))?/;
var EXPLAIN = /^explanations\.(.+)/;
/** A fault by its place; where the place is no field of the form, it is said without one. */
function shownFault(fault, fields, language) {
	const words = wordsOf(fault, language);
	const labelOf = (key) => fields.find((field) => field.key === key)?.label ?? key;
	const explain = EXPLAIN.exec(fault.path)?.[1] ?? null;
	if (explain !== null || fault.path.startsWith("rules.")) return {
		fields: fault.fields ?? [],
		text: words,
		explain,
		row: null
	};
	const value = VALUE.exec(fault.path)?.[1];
	if (value !== void 0) return {
		fields: [value],
		text: `${labelOf(value)}：${words}`,
		explain: null,
		row: null
	};
	const [, table, row, column] = ROW.exec(fault.path) ?? [];
	if (table === void 0) return {
		fields: [],
		text: words,
		explain: null,
		row: null
	};
	const columnLabel = (fields.find((field) => field.key === table)?.columns ?? []).find(({ key }) => key === column)?.label ?? column;
	const number = row === void 0 ? null : Number(row) + 1;
	const place = {
		zh: [
			labelOf(table),
			number === null ? null : `第 ${number} 行`,
			columnLabel
		],
		en: [
			labelOf(table),
			number === null ? null : `row ${number}`,
			columnLabel
		]
	}[language].filter((part) => part != null);
	return {
		fields: [table],
		text: `${place.join(" ")}：${words}`,
		explain: null,
		row: row === void 0 ? null : Number(row)
	};
}
/** In the order of the page, so that the summary leads through it from top to bottom. */
function shownFaults(faults, fields, language) {
	const placeOf = ({ fields: at, row }) => fields.findIndex(({ key }) => key === at[0]) * 1e5 + (row ?? 0);
	return faults.map((fault) => shownFault(fault, fields, language)).sort((a, b) => placeOf(a) - placeOf(b));
}
// web/device/photo.ts
var LONGEST_SIDE = 2560;
var QUALITY = .85;
var PHOTO = /^image\/(?:jpeg|png|webp|heic|heif)$/;
/** The file itself where it is no picture, or one this browser cannot draw. */
async function withoutPlace(file) {
	if (!PHOTO.test(file.type)) return file;
	const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
	if (bitmap === null) return file;
	const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(bitmap.width * scale));
	canvas.height = Math.max(1, Math.round(bitmap.height * scale));
	const context = canvas.getContext("2d");
	if (context === null) return file;
	context.fillStyle = "#fff";
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	bitmap.close();
	const blob = await new Promise((resolve) => {
		canvas.toBlob(resolve, "image/jpeg", QUALITY);
	});
	if (blob === null) return file;
	return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}
// web/routes/fill/file-input.tsx
function FileInput({ tied, ids, maxFiles, onChange }) {
	const words = useWords(FILL_WORDS);
	const [names, setNames] = (0, import_react.useState)({});
	const [busy, setBusy] = (0, import_react.useState)(0);
	const [error, setError] = (0, import_react.useState)(null);
	const kept = (0, import_react.useRef)(ids);
	kept.current = ids;
	const add = async (files) => {
		setError(null);
		setBusy((count) => count + files.length);
		for (const file of files) try {
			const form = new FormData();
			const sent = await withoutPlace(file);
			form.append("file", sent, sent.name);
			const answer = await sendJson({
				method: "POST",
				path: "/files",
				form
			});
			setNames((before) => ({
				...before,
				[answer.id]: answer.name
			}));
			kept.current = [...kept.current, answer.id];
			onChange([...kept.current]);
		} catch (fault) {
			setError(fault);
		} finally {
			setBusy((count) => count - 1);
		}
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: fill_module_default.files,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("ul", {
				role: "list",
				className: fill_module_default.files,
				children: ids.map((id) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", {
					className: fill_module_default.file,
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("a", {
						className: buttonClass("quiet"),
						href: `${API}/files/${encodeURIComponent(id)}`,
						children: names[id] ?? id
					}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Button, {
						onClick: () => {
							onChange(ids.filter((each) => each !== id));
						},
						children: words.remove
					})]
				}, id))
			}),
			ids.length >= maxFiles ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
				...tied,
				type: "file",
				multiple: maxFiles > 1,
				onChange: (event) => {
					add([...event.currentTarget.files ?? []].slice(0, maxFiles - ids.length));
					event.currentTarget.value = "";
				}
			}),
			busy > 0 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				role: "status",
				children: words.uploading(0)
			}) : null,
			error === null ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Failure, { error })
		]
	});
}
// web/routes/fill/field-input.tsx
var NUMERIC = {
	inputMode: "decimal",
	autoComplete: "off"
};
var FEW_OPTIONS = 5;
function About({ field, last, isTakenOver }) {
	const words = useWords(FILL_WORDS);
	const parts = [
		field.required ? words.required : null,
		field.unit === void 0 ? null : words.unit(field.unit),
		field.type === "percent" ? words.unit("%") : null,
		field.sensitive ? words.sensitive : null,
		last === null ? null : words.last(last),
		isTakenOver ? words.takenOver : null
	].filter((part) => part !== null);
	return parts.length === 0 ? null : parts.join(" · ");
}
function ContactInput({ field, typed, onTyped, onLeft, fault }) {
	const words = useWords(FILL_WORDS);
	const id = (0, import_react.useId)();
	const contact = typed ?? {};
	const part = (name, word) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
		className: inputClass,
		"aria-label": `${field.label} ${word}`,
		placeholder: word,
		autoComplete: "off",
		inputMode: name === "phone" ? "tel" : "text",
		value: contact[name] ?? "",
		...fault === null ? {} : {
			"aria-invalid": true,
			"aria-describedby": id
		},
		"data-field": field.key,
		onChange: (event) => {
			onTyped(field.key, {
				...contact,
				[name]: event.currentTarget.value
			});
		},
		onBlur: () => {
			onLeft(field.key);
		}
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		role: "group",
		"aria-label": field.label,
		className: field_module_default.field,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: field_module_default.label,
				children: field.label
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: fill_module_default.pair,
				children: [part("name", words.name), part("phone", words.phone)]
			}),
			fault === null ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				id,
				className: field_module_default.fault,
				children: fault
			})
		]
	});
}
function RadioInput({ field, typed, onTyped, onLeft, fault, options }) {
	const id = (0, import_react.useId)();
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		role: "radiogroup",
		"aria-label": field.label,
		className: field_module_default.field,
		...fault === null ? {} : {
			"aria-invalid": true,
			"aria-describedby": id
		},
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: field_module_default.label,
				children: field.label
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: field_module_default.choices,
				children: options.map(({ value, word }) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", {
					className: field_module_default.choice,
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
						type: "radio",
						name: `${id}-radio`,
						"data-field": field.key,
						checked: typed === value,
						onChange: () => {
							onTyped(field.key, value);
						},
						onBlur: () => {
							onLeft(field.key);
						}
					}), word]
				}, value))
			}),
			fault === null ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				id,
				className: field_module_default.fault,
				children: fault
			})
		]
	});
}
function PlainInput(props) {
	const { field, typed, fault, onTyped, onLeft } = props;
	const words = useWords(FILL_WORDS);
	const common = {
		className: inputClass,
		value: typeof typed === "string" ? typed : "",
		"data-field": field.key,
		onBlur: () => {
			onLeft(field.key);
		}
	};
	const change = (event) => {
		onTyped(field.key, event.currentTarget.value);
	};
	const inputOf = (tied) => {
		switch (field.type) {
			case "text": return (field.maxLength ?? 1e3) <= 100 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
				...common,
				...tied,
				onChange: change
			}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("textarea", {
				...common,
				...tied,
				rows: 3,
				onChange: change
			});
			case "date": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
				...common,
				...tied,
				type: "date",
				onChange: change
			});
			case "choice": return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("select", {
				...common,
				...tied,
				onChange: change,
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("option", {
					value: "",
					children: words.choose
				}), (field.options ?? []).map((option) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("option", {
					value: option,
					children: option
				}, option))]
			});
			case "file": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FileInput, {
				tied,
				ids: Array.isArray(typed) ? typed : [],
				maxFiles: field.maxFiles ?? 20,
				onChange: (ids) => {
					onTyped(field.key, ids);
				}
			});
			default: return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
				...common,
				...tied,
				...NUMERIC,
				onChange: change
			});
		}
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FieldFrame, {
		label: field.label,
		fault,
		about: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(About, { ...props }),
		children: inputOf
	});
}
var FieldInput = (0, import_react.memo)(function FieldInput(props) {
	const words = useWords(FILL_WORDS);
	const { field } = props;
	if (field.type === "contact") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ContactInput, { ...props });
	if (field.type === "boolean") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(RadioInput, {
		...props,
		options: [{
			value: "yes",
			word: words.yes
		}, {
			value: "no",
			word: words.no
		}]
	});
	if (field.type === "choice" && (field.options?.length ?? 0) <= FEW_OPTIONS) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(RadioInput, {
		...props,
		options: (field.options ?? []).map((value) => ({
			value,
			word: value
		}))
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PlainInput, { ...props });
});
// web/routes/fill/use-draft.ts
var WRITE_AFTER_MS = 250;
var keyOf = ({ person, assignment }) => `${person} ${assignment}`;
/** Null until this device has been asked. */
function useDraft(about, fields, beginning) {
	const [state, setState] = (0, import_react.useState)(null);
	const key = keyOf(about);
	const pending = (0, import_react.useRef)(null);
	const timer = (0, import_react.useRef)(null);
	(0, import_react.useEffect)(() => {
		let isOver = false;
		take("drafts", key).then((kept) => {
			if (isOver) return;
			const { draft, lost } = kept === null ? {
				draft: beginning,
				lost: []
			} : fitted(fields, kept.content);
			setState({
				draft,
				lost,
				savedAt: kept?.at ?? null,
				isRefused: isStorageRefused()
			});
		});
		return () => {
			isOver = true;
		};
	}, [key]);
	const write = (0, import_react.useCallback)(() => {
		timer.current = null;
		const draft = pending.current;
		if (draft === null) return;
		pending.current = null;
		const at = serverNow();
		keep("drafts", {
			key,
			person: about.person,
			assignment: about.assignment,
			title: about.title,
			at,
			content: draft
		}).then(() => {
			setState((before) => before === null ? null : {
				...before,
				savedAt: at,
				isRefused: isStorageRefused()
			});
		});
	}, [
		key,
		about.person,
		about.assignment,
		about.title
	]);
	(0, import_react.useEffect)(() => {
		const now = () => {
			if (timer.current !== null) clearTimeout(timer.current);
			write();
		};
		const onHide = () => {
			if (document.hidden) now();
		};
		addEventListener("pagehide", now);
		document.addEventListener("visibilitychange", onHide);
		const stop = onStorageRefused(() => {
			setState((before) => before === null ? null : {
				...before,
				isRefused: true
			});
		});
		return () => {
			now();
			stop();
			removeEventListener("pagehide", now);
			document.removeEventListener("visibilitychange", onHide);
		};
	}, [write]);
	return {
		state,
		change: (0, import_react.useCallback)((to) => {
			setState((before) => {
				if (before === null) return null;
				const draft = to(before.draft);
				pending.current = draft;
				timer.current ??= setTimeout(write, WRITE_AFTER_MS);
				return {
					...before,
					draft
				};
			});
		}, [write]),
		forget: (0, import_react.useCallback)(async () => {
			pending.current = null;
			if (timer.current !== null) clearTimeout(timer.current);
			timer.current = null;
			await drop("drafts", key);
		}, [key])
	};
}
// web/routes/fill/fill.tsx
var reportIn = ({ submission }) => submission === null || submission.kind === "roll-up" ? null : submission;
function Delivered({ done, item }) {
	const words = useWords(FILL_WORDS);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: fill_module_default.done,
		role: "status",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: item.item.title }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: done.version === null ? words.waiting : words.delivered(clockText(done.at), done.version) }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
				to: "/owe",
				className: buttonClass("primary"),
				children: [words.nextTask, " ›"]
			}) })
		]
	});
}
/** What goes, to whom; the answer of the server, or the word that it waits. */
function SendSheet({ page, draft, onClose, onDone }) {
	const words = useWords(FILL_WORDS);
	const acts = useWords(ACT_WORDS);
	const queries = useQueryClient();
	const me = useMe();
	const item = page.assignment;
	const fields = page.form?.fields ?? [];
	const [key] = (0, import_react.useState)(actKey);
	const [note, setNote] = (0, import_react.useState)(draft.note);
	const [error, setError] = (0, import_react.useState)(null);
	const [isBusy, setBusy] = (0, import_react.useState)(false);
	const isCorrection = item.phase === "approved";
	const send = async () => {
		setBusy(true);
		setError(null);
		const { values, rows, explanations } = reportOf(fields, draft);
		const body = {
			values,
			rows,
			...note.trim() === "" ? {} : { note },
			...Object.keys(explanations).length === 0 ? {} : { explanations },
			...draft.carried.length === 0 ? {} : { carried: draft.carried }
		};
		try {
			const order = {
				assignment: item.id,
				verb: "submit",
				body,
				version: item.version,
				key
			};
			onDone({
				version: (await sendOrKeep(queries, order, {
					person: me.person.id,
					title: item.item.title
				})).is === "answered" ? (item.submission?.version ?? 0) + 1 : null,
				at: serverNow()
			});
		} catch (fault) {
			setError(fault);
		} finally {
			setBusy(false);
		}
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Sheet, {
		heading: words.toSend(item.issuer.name, filledCount(fields, draft)),
		onClose,
		acts: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Button, {
			look: "primary",
			isBusy,
			onClick: () => void send(),
			children: words.confirm
		}),
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: item.item.title }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(AreaField, {
				label: isCorrection ? words.correctionNote : words.noteLabel,
				required: isCorrection,
				value: note,
				maxLength: 2e3,
				onChange: (event) => {
					setNote(event.currentTarget.value);
				}
			}),
			isCode(error, "PRECONDITION_FAILED") ? /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Notice, {
				kind: "warning",
				live: true,
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: words.changed }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Button, {
					onClick: () => {
						queries.invalidateQueries();
						onClose();
					},
					children: words.goOn
				})]
			}) : error === null ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Failure, { error }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				className: fill_module_default.status,
				children: acts.submit
			})
		]
	});
}
function FillForm({ page, form }) {
	const words = useWords(FILL_WORDS);
	const more = useWords(ASSIGNMENT_WORDS);
	const language = useLanguage();
	const me = useMe();
	const item = page.assignment;
	const compiled = (0, import_react.useMemo)(() => compiledOf({
		fields: form.fields,
		rules: form.rules
	}), [form.fields, form.rules]);
	const beginning = (0, import_react.useMemo)(() => draftOf(form.fields, reportIn(item)), [form.fields, item]);
	const { state, change, forget } = useDraft({
		person: me.person.id,
		assignment: item.id,
		title: item.item.title
	}, form.fields, beginning);
	const [left, setLeft] = (0, import_react.useState)(/* @__PURE__ */ new Set());
	const [tries, setTries] = (0, import_react.useState)(0);
	const [isSending, setSending] = (0, import_react.useState)(false);
	const [done, setDone] = (0, import_react.useState)(null);
	const draft = state?.draft ?? null;
	const faults = (0, import_react.useMemo)(() => draft === null ? [] : shownFaults(judged(compiled, draft, form.last).faults, form.fields, language), [
		compiled,
		draft,
		form.last,
		form.fields,
		language
	]);
	const onTyped = (0, import_react.useCallback)((key, typed) => {
		change((before) => withTyped(before, key, typed));
	}, [change]);
	const onLeft = (0, import_react.useCallback)((key) => {
		setLeft((before) => before.has(key) ? before : /* @__PURE__ */ new Set([...before, key]));
	}, []);
	if (done !== null) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Delivered, {
		done,
		item
	});
	if (state === null || draft === null) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Skeleton, {});
	const isShown = (fault) => tries > 0 || fault.fields.some((key) => left.has(key));
	const shown = faults.filter((fault) => isShown(fault));
	const faultOf = (key) => shown.find((fault) => fault.explain === null && fault.fields.includes(key))?.text ?? null;
	const explained = form.rules.filter(({ key, severity }) => severity === "explain" && (faults.some(({ explain }) => explain === key) || (draft.explanations[key] ?? "") !== ""));
	const offered = form.fields.filter(({ key }) => form.prefill[key] !== void 0 && !draft.carried.includes(key));
	const missing = form.fields.filter(({ key, required }) => required && faults.some(({ fields }) => fields[0] === key)).length;
	const submit = () => {
		if (faults.length > 0) setTries((count) => count + 1);
		else setSending(true);
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: fill_module_default.page,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: fill_module_default.head,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
						to: "/a/$id",
						params: { id: item.id },
						children: ["‹ ", item.item.title]
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: item.item.title }),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: words.progress(form.fields.length, filledCount(form.fields, draft), missing) }),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
						className: fill_module_default.status,
						role: "status",
						children: state.isRefused ? words.notSaved : state.savedAt === null ? "" : words.saved(clockText(state.savedAt))
					})
				]
			}),
			item.returned === null ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("section", {
				"aria-labelledby": "why",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Notice, {
					kind: "warning",
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", {
						id: "why",
						children: more.why
					}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: item.returned.reason })]
				})
			}),
			state.lost.length === 0 ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Notice, {
				kind: "warning",
				children: words.lost(state.lost.join("、"))
			}),
			tries > 0 && faults.length > 0 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorSummary, {
				faults,
				shownAt: tries
			}) : null,
			offered.length === 0 ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: fill_module_default.card,
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: words.mayTakeOver(offered.length) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Button, {
					onClick: () => {
						change((before) => takenOver(before, form.fields, form.prefill, offered.map(({ key }) => key)));
					},
					children: words.takeOverAll
				}) })]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: `${fill_module_default.card} ${fill_module_default.fields}`,
				children: form.fields.map((field) => field.type === "table" ? /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					className: fill_module_default.head,
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: field.label }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: words.rows(draft.rows[field.key]?.length ?? 0) }),
						faultOf(field.key) === null ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
							className: fill_module_default.mark,
							children: faultOf(field.key)
						})
					]
				}, field.key) : /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					className: fill_module_default.head,
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(FieldInput, {
						field,
						typed: draft.typed[field.key],
						fault: faultOf(field.key),
						last: form.prefill[field.key] === void 0 ? null : shownText({
							...field,
							sensitive: false
						}, form.prefill[field.key]?.value, {
							language,
							files: {}
						}),
						isTakenOver: draft.carried.includes(field.key),
						isMarked: item.returned?.fields.includes(field.key) ?? false,
						onTyped,
						onLeft
					}), explained.filter(({ key }) => compiled.rules.find(({ rule }) => rule.key === key)?.fields[0] === field.key).map((rule) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
						className: fill_module_default.warn,
						children: rule.message
					}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(AreaField, {
						label: words.explain,
						value: draft.explanations[rule.key] ?? "",
						fault: tries > 0 && faults.some(({ explain }) => explain === rule.key) ? rule.message : null,
						maxLength: 2e3,
						onChange: (event) => {
							const text = event.currentTarget.value;
							change((before) => ({
								...before,
								explanations: {
									...before.explanations,
									[rule.key]: text
								}
							}));
						}
					})] }, rule.key))]
				}, field.key))
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: fill_module_default.acts,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
						to: "/owe",
						className: buttonClass(),
						children: words.backTo
					}),
					tries > 0 && faults.length > 0 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Button, {
						onClick: () => {
							focusField(nextFault(faults));
						},
						children: words.next
					}) : null,
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Button, {
						look: "primary",
						onClick: submit,
						children: words.send
					})
				]
			}),
			isSending ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SendSheet, {
				page,
				draft,
				onClose: () => {
					setSending(false);
				},
				onDone: (what) => {
					setSending(false);
					setDone(what);
					forget();
				}
			}) : null
		]
	});
}
/** The field of the fault after the one that has the focus; the first again after the last. */
function nextFault(faults) {
	const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["field"] : void 0;
	const keys = faults.flatMap(({ fields }) => fields.slice(0, 1));
	return keys[((focused === void 0 ? -1 : keys.lastIndexOf(focused)) + 1) % keys.length];
}
/** False until the engine for the form's patterns is there; forms without patterns need none. */
function usePatterns(form) {
	const isNeeded = form !== null && needsPatterns([...form.rules.map(({ check }) => check), ...form.fields.map(({ alertIf = "" }) => alertIf)]);
	const [isLoaded, setLoaded] = (0, import_react.useState)(false);
	(0, import_react.useEffect)(() => {
		if (isNeeded) loadPatterns().then(() => {
			setLoaded(true);
		});
	}, [isNeeded]);
	return !isNeeded || isLoaded;
}
function FillScreen() {
	const { id } = useParams({ from: "/signed-in/a/$id/fill" });
	const { data: page, error, refetch } = useRead("/assignments/{id}/page", { id });
	const isReady = usePatterns(page?.form ?? null);
	if (isCode(error, "NOT_FOUND")) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NothingHere, {});
	if (page === void 0) return error === null ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Skeleton, {}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Failure, {
		error,
		onRetry: () => void refetch()
	});
	if (page.form === null) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NothingHere, {});
	if (!isReady) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Skeleton, {});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FillForm, {
		page,
		form: page.form
	});
}
export { FillScreen };
