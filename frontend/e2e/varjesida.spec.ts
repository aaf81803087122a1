import type { App } from "vue";
import type { Router } from "vue-router";
import { expect, granska, sidledes, som, tillSidan } from "./prov";
import { sidor } from "./sidor";
import { test } from "./stod";
import { genomSidan } from "./tangenter";

/** Every page as it stands when it is opened; what one does there: tillganglighet.spec.ts and each page's own. */

test("varje sida i SUS är med bland dem som prövas", async ({
    page,
    baseURL,
    nummer,
}) => {
    const vagar = (await sidor(baseURL ?? "", nummer)).map((s) => s.vag);
    await tillSidan(page, "/logga-in");
    const utan = await page.evaluate((egna) => {
        const app = Reflect.get(
            document.querySelector("#app") ?? {},
            "__vue_app__",
        ) as App;
        const router: Router = app.config.globalProperties["$router"];
        const provade = egna.map((v) => router.resolve(v).matched[0]?.path);
        return router
            .getRoutes()
            .map((r) => r.path)
            .filter((r) => !provade.includes(r));
    }, vagar);
    expect(utan).toEqual([]);
});

/** A page's name in the list of what is looked at: its address without ids. */
function namn(vag: string): string {
    return `Sida ${vag.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…")}`;
}

// Beside each other, as long as each other.
const delar = 4;
for (let del = 0; del < delar; del++) {
    test(`varje sida har axe, ord, tangentbord och 320 px i ordning, del ${String(del + 1)}`, async ({
        page,
        baseURL,
        nummer,
    }, info) => {
        test.setTimeout(600_000);
        const bredd = page.viewportSize() ?? { width: 1280, height: 900 };
        const alla = await sidor(baseURL ?? "", nummer);
        for (const { roll, vag } of alla.filter((_, n) => n % delar === del)) {
            await som(page, roll, info);
            await tillSidan(page, vag);
            await granska(page, namn(vag));
            await genomSidan(page, vag);
            await page.setViewportSize({ width: 320, height: 640 });
            await expect
                .poll(() => sidledes(page), `${vag}: rullar i sidled`)
                .toBe(0);
            await page.setViewportSize(bredd);
        }
    });
}
