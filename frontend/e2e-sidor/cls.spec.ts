import { cls, raknaSkift } from "../e2e/cls";
import { som, tillSidan } from "../e2e/prov";
import { sidor } from "../e2e/sidor";
import { expect, test } from "../e2e/stod";

/** How much a page moves by itself while it is opened, with nothing fetched before. */

test("varje sida står still medan den öppnas @bada", async ({
    browser,
    baseURL,
    nummer,
    contextOptions,
    viewport,
}, info) => {
    const rader: string[] = [];
    for (const { roll, vag } of await sidor(baseURL ?? "", nummer)) {
        const matta: number[] = [];
        for (let n = 0; n < 3; n++) {
            const context = await browser.newContext({
                ...contextOptions,
                viewport,
            });
            const page = await context.newPage();
            await raknaSkift(page);
            await som(page, roll, info);
            await tillSidan(page, `${baseURL ?? ""}${vag}`);
            matta.push(await cls(page));
            await context.close();
        }
        const [, median = 0, hogst = 0] = matta.sort((a, b) => a - b);
        rader.push(
            `  ${median.toFixed(3)} (högst ${hogst.toFixed(3)}) ${vag.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…")}`,
        );
        expect.soft(median, vag).toBeLessThanOrEqual(0.05);
        expect.soft(hogst, vag).toBeLessThanOrEqual(0.1);
    }
    // eslint-disable-next-line no-console -- the numbers are the result
    console.log(
        `\nCLS vid ${String(viewport?.width ?? 0)} px:\n${rader.join("\n")}\n`,
    );
});
