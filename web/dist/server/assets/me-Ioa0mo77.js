import { D as useWords, O as Button, P as call, S as dictionary, T as useSettings, V as require_jsx_runtime, c as Choices, h as useMe } from "../server.js";
var me_module_default = {
	page: "_page_wrncd_2",
	card: "_card_wrncd_8"
};
// web/routes/me/me.tsx
var import_jsx_runtime = require_jsx_runtime();
var WORDS = dictionary({
	title: "我的",
	text: "字号",
	standard: "标准",
	large: "大",
	larger: "特大",
	largest: "最大",
	language: "语言",
	theme: "外观",
	light: "浅色",
	dark: "深色",
	system: "随系统",
	contrast: "对比度",
	plain: "标准对比",
	more: "强对比",
	signOut: "退出",
	posts: "我的岗位"
}, {
	title: "Me",
	text: "Text size",
	standard: "Standard",
	large: "Large",
	larger: "Larger",
	largest: "Largest",
	language: "Language",
	theme: "Appearance",
	light: "Light",
	dark: "Dark",
	system: "As the system",
	contrast: "Contrast",
	plain: "Standard contrast",
	more: "High contrast",
	signOut: "Sign out",
	posts: "My posts"
});
function MeScreen() {
	const words = useWords(WORDS);
	const me = useMe();
	const { settings, change } = useSettings();
	const signOut = async () => {
		await call("delete", "/session").catch(() => void 0);
		location.assign("/sign-in");
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: me_module_default.page,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: words.title }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: me.person.name }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("section", {
				className: me_module_default.card,
				"aria-label": words.posts,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("ul", {
					role: "list",
					children: me.roles.map(({ post, place, role }) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", { children: [
						place?.name ?? me.installation.name,
						" · ",
						role
					] }, post))
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
				className: me_module_default.card,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Choices, {
						label: words.text,
						value: settings.text,
						options: [
							"standard",
							"large",
							"larger",
							"largest"
						].map((value) => ({
							value,
							word: words[value]
						})),
						onChange: (text) => {
							change({ text });
						}
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Choices, {
						label: words.language,
						value: settings.language,
						options: [{
							value: "zh",
							word: "中文"
						}, {
							value: "en",
							word: "English"
						}],
						onChange: (language) => {
							change({ language });
						}
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Choices, {
						label: words.theme,
						value: settings.theme,
						options: [
							"light",
							"dark",
							"system"
						].map((value) => ({
							value,
							word: words[value]
						})),
						onChange: (theme) => {
							change({ theme });
						}
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Choices, {
						label: words.contrast,
						value: settings.contrast,
						options: [{
							value: "standard",
							word: words.plain
						}, {
							value: "more",
							word: words.more
						}],
						onChange: (contrast) => {
							change({ contrast });
						}
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Button, {
				onClick: () => void signOut(),
				children: words.signOut
			}) })
		]
	});
}
export { MeScreen };
