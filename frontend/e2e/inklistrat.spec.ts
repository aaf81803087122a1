import type { Page } from "@playwright/test";
import { expect, paSidan, test } from "./stod";

/** As from a letter or a spreadsheet: the clipboard, then the keys. */
async function klistraIn(page: Page, text: string): Promise<void> {
    await page
        .context()
        .grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate((t) => navigator.clipboard.writeText(t), text);
    await page.keyboard.press("Control+V");
}

function former(nr: string): string[] {
    const [dag, sista] = [nr.slice(0, 8), nr.slice(8)];
    return [
        `${dag}\u2013${sista}`,
        `${dag}\u2212${sista}`,
        `${dag}\u00a0${sista}`,
        `\u200e${dag}\u200b-${sista}\ufeff`,
        `${dag.slice(0, 4)}-${dag.slice(4, 6)}-${dag.slice(6)} \u2013 ${sista}`,
        Array.from(nr).join("\u200b"),
    ];
}

test("Ett inklistrat personnummer läses i «Registrera deltagare» vilka skiljetecken det än har", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const nr = nummer();
    await page.goto(`/insatser/${insats.id}/registrera`);
    await paSidan(page, "Registrera deltagare");
    const falt = page.getByLabel(/^Personnummer/);
    const fel = page.locator(".label__message--error");
    for (const text of former(nr)) {
        await falt.fill("");
        await falt.focus();
        await klistraIn(page, text);
        await falt.press("Tab");
        await expect(falt).toHaveValue(`${nr.slice(2, 8)}-${nr.slice(8)}`);
        await expect(fel).toHaveCount(0);
    }
    await page.getByTestId("sok").click();
    await expect(page.getByTestId("namn")).toBeVisible();
});

test("Den som skriver numret för hand flyttar, raderar och ångrar som vanligt", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}/registrera`);
    const falt = page.getByLabel(/^Personnummer/);
    const markor = (): Promise<number | null> =>
        falt.evaluate((e: HTMLInputElement) => e.selectionStart);

    await falt.pressSequentially("770117-239");
    await falt.press("Home");
    await falt.pressSequentially("19");
    await expect(falt).toHaveValue("19770117-239");
    await expect.poll(markor).toBe(2);
    await falt.press("Delete");
    await expect(falt).toHaveValue("1970117-239");
    await expect.poll(markor).toBe(2);
    await falt.pressSequentially("7");
    await falt.press("End");
    await falt.press("ArrowLeft");
    await falt.press("ArrowLeft");
    await falt.press("ArrowLeft");
    await falt.press("Backspace");
    await expect(falt).toHaveValue("19770117239");
    await expect.poll(markor).toBe(8);
    await falt.press("Control+Z");
    await expect(falt).toHaveValue("19770117-239");

    // A dash that the keyboard of a phone writes by itself, in the middle: the caret stays behind it.
    await falt.fill("197701172392");
    await falt.evaluate((e: HTMLInputElement) => {
        e.setSelectionRange(8, 8);
    });
    await page.keyboard.insertText("\u2013");
    await expect(falt).toHaveValue("19770117-2392");
    await expect.poll(markor).toBe(9);
    await page.keyboard.insertText("\u200b");
    await expect(falt).toHaveValue("19770117-2392");
    await expect.poll(markor).toBe(9);
});
