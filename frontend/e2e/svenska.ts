import type { Page } from "@playwright/test";

/** What the program must not say: English, and values that are none; «oförändrat» does not begin with «of». */
const engelska =
    /(?<![\p{L}\p{N}_])(?:loading|error|errors|undefined|null|NaN|invalid|date|submit|save|cancel|close|previous|next|back|calendar|search|required|optional|open|delete|remove|edit|select|choose|year|month|week|today|monday|january|may|october|menu|more|skip|page|warning|success|info|true|false|object|yes|no|not|the|of)(?![\p{L}\p{N}_])/iu;

/** A day or a number written otherwise than in Swedish. */
const frammandeform = [
    /\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/, // 3/1/2010
    /\b\d{4}-\d{2}-\d{2}T\d/, // an instant as on the wire
    /\b\d{1,3},\d{3}\b/, // 12,345
    /(?<![\d*–/-])\d{5,}(?![\d-])/, // 12345 without its space; FK 2026/012345 is a name
];

/** What is read on the page or aloud: the text that is seen, and the names given in attributes. */
export async function sagt(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const ut: string[] = [document.title];
        for (const e of document.querySelectorAll("body *")) {
            for (const namn of [
                "aria-label",
                "aria-description",
                "aria-roledescription",
                "title",
                "alt",
                "placeholder",
            ]) {
                const v = e.getAttribute(namn);
                if (v !== null && v !== "") {
                    ut.push(v);
                }
            }
        }
        const vandring = document.createTreeWalker(
            document.body,
            NodeFilter.SHOW_TEXT,
        );
        while (vandring.nextNode()) {
            const nod = vandring.currentNode;
            const text = nod.nodeValue?.trim() ?? "";
            const i = nod.parentElement;
            // Codes and ids are data, set apart as such; the rest is words.
            if (
                text !== "" &&
                i !== null &&
                !i.closest("script, style, .kod") &&
                i.checkVisibility()
            ) {
                ut.push(text);
            }
        }
        return ut;
    });
}

/** What on the page is in another language, or in another form. */
export async function osvenskt(page: Page): Promise<string[]> {
    // What was sent to a telephone, and its number, are data.
    const data = /^\+\d+$|engångskod/;
    return (await sagt(page)).filter(
        (t) =>
            !data.test(t) &&
            (engelska.test(t) || frammandeform.some((f) => f.test(t))),
    );
}
