import type { Page } from "@playwright/test";
import { granska } from "./prov";
import { expect, paSidan, test } from "./stod";

function falt(page: Page): ReturnType<Page["getByLabel"]> {
    return page.getByLabel("Namn eller personnummer");
}

async function sokDeltagande(page: Page, text: string): Promise<void> {
    await falt(page).fill(text);
    await falt(page).press("Enter");
    await expect(page.getByTestId("antal")).toContainText(`på «${text}»`);
}

/** As the register compares names, of the accents that the simulator's people have. */
function vikt(text: string): string {
    return text.toLowerCase().replaceAll("é", "e").replaceAll("-", " ");
}

/** Every place in the browser where a text could stay. */
async function minne(page: Page): Promise<string> {
    return page.evaluate(async () =>
        JSON.stringify([
            location.href,
            document.title,
            history.state,
            Object.entries(localStorage),
            Object.entries(sessionStorage),
            await indexedDB.databases(),
            await caches.keys(),
        ]),
    );
}

test("En deltagare hittas på en del av namnet och på numret, som aldrig står i en adress", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const nr = nummer();
    const { id } = await api.deltagande(insats.id, nr);
    const { deltagare } = await api.anropa<{ deltagare: { namn: string } }>(
        "GET",
        `/v1/deltaganden/${id}`,
    );
    const namn = deltagare.namn;
    const adresser: string[] = [];
    page.on("request", (r) => adresser.push(r.url()));
    await page.goto(`/insatser/${insats.id}`);
    await paSidan(page, insats.namn);
    // Other tests register meanwhile.
    const alla = /^\s*[\d\s]+ deltaganden\s*$/;
    await expect(page.getByTestId("antal")).toHaveText(alla);

    const del = namn.slice(1).toUpperCase();
    await sokDeltagande(page, del);
    const traffar = page.getByTestId("deltaganden").locator("tbody tr");
    await expect(traffar.first()).toBeVisible();
    for (const rad of await traffar.all()) {
        const text = vikt(await rad.innerText());
        for (const ord of vikt(del).split(" ")) {
            expect(text).toContain(ord);
        }
    }
    await expect(falt(page)).toBeFocused();
    await granska(page, "Insats: sökning med träffar");

    await falt(page).fill(`${nr.slice(0, 8)}-${nr.slice(8)}`);
    await page.getByTestId("sok-deltagande").click();
    await expect(page.getByTestId("antal")).toContainText("1 träff på");
    await expect(traffar).toHaveCount(1);
    await expect(traffar).toContainText(namn);

    await page.getByLabel("Läge").selectOption({ label: "Avslutat" });
    await expect(page.getByTestId("antal")).toContainText("Ingen träff på");
    await page.getByRole("button", { name: "Sök i alla lägen" }).click();
    await expect(traffar).toHaveCount(1);

    await page.getByTestId("rensa-sokning").click();
    await expect(page.getByTestId("antal")).toHaveText(alla);
    await expect(falt(page)).toHaveValue("");
    await expect(falt(page)).toBeFocused();

    await sokDeltagande(page, nr);
    expect(adresser.join(" ")).not.toContain(nr);
    expect(decodeURIComponent(adresser.join(" "))).not.toContain(del);
    const kvar = await minne(page);
    expect(kvar).not.toContain(nr);
    expect(kvar).not.toContain(del);
    await page.getByRole("link", { name: namn }).click();
    await page.waitForURL(`**/deltaganden/${id}`);

    // Back finds the hits again, a way of its own the whole list, and so does a reload.
    await page.goBack();
    await expect(page.getByTestId("antal")).toContainText("1 träff på");
    await expect(falt(page)).toHaveValue(nr);
    await expect(traffar).toHaveCount(1);
    expect(await minne(page)).not.toContain(nr);
    await page.getByRole("link", { name: namn }).click();
    await page.waitForURL(`**/deltaganden/${id}`);
    await page.locator(`main a[href="/insatser/${insats.id}"]`).first().click();
    await expect(page.getByTestId("antal")).toHaveText(alla);
    await expect(falt(page)).toHaveValue("");
    await page.goBack();
    await page.waitForURL(`**/deltaganden/${id}`);
    await page.goBack();
    await expect(page.getByTestId("antal")).toHaveText(alla);
    await sokDeltagande(page, nr);
    await page.reload();
    await expect(page.getByTestId("antal")).toHaveText(alla);
    await expect(falt(page)).toHaveValue("");
});

test("En sökning utan träff säger vad man kan göra, och ett fel nummer vad som är fel", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}`);
    await sokDeltagande(page, "qqxx");
    await expect(page.getByTestId("antal")).toHaveText("Ingen träff på «qqxx»");
    await expect(page.getByTestId("inga")).toContainText("Kontrollera");
    await expect(page.getByTestId("sidvaljare")).toBeHidden();
    await granska(page, "Insats: sökning utan träff");

    for (const [text, fel] of [
        ["", "Skriv en del av namnet, eller hela personnumret."],
        ["q", "Skriv minst två bokstäver av namnet."],
        ["19770117-2393", "Kontrollsiffran i personnumret stämmer inte."],
    ] as const) {
        await falt(page).fill(text);
        await falt(page).press("Enter");
        await expect(page.getByTestId("fellista")).toContainText(fel);
    }
    await granska(page, "Insats: sökning med fel nummer");
    await page
        .getByTestId("fellista")
        .getByRole("link", { name: /^Namn eller personnummer/ })
        .click();
    await expect(falt(page)).toBeFocused();
    await sokDeltagande(page, "qqyy");
    await expect(page.getByTestId("fellista")).toBeHidden();

    await falt(page).fill("7");
    await falt(page).press("Enter");
    await expect(page.getByTestId("fellista")).toBeVisible();
    await page.getByTestId("rensa-sokning").click();
    await expect(page.getByTestId("fellista")).toBeHidden();
    await expect(page.getByTestId("antal")).toContainText("deltaganden");
});
