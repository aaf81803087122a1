import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import { granska } from "./prov";
import { enVidd, expect, paSidan, test } from "./stod";

test.use({ roll: "susrapport" });

async function tabell(page: Page, del: "start" | "slut"): Promise<string[][]> {
    return page
        .getByTestId(del)
        .locator("tr")
        .evaluateAll((rader) =>
            rader.map((r) =>
                [...r.querySelectorAll("th, td")].map((c) =>
                    c.textContent.trim(),
                ),
            ),
        );
}

/** The report of 2011-03-16 in the seed, as printed. */
const start = `Försörjning	Antal deltagare	Andel
Studiestöd/Studiemedel	2	2%
Försörjningsstöd	78	62%
Aktivitetsstöd	10	8%
A-kassa	3	2%
SA	16	13%
Sjukpenning/Rehabpenning	17	13%
Ingen offentlig försörjning	11	9%`;
const slut = `Försörjning	Antal deltagare före insats	Andel före	Antal deltagare efter insats	Andel efter	Förändring	Förändring i %
Annan offentlig försörjning			1	5%	1	
Studiestöd/Studiemedel	1	5%	2	11%	1	100%
Försörjningsstöd	11	58%	7	37%	-4	-36%
Aktivitetsstöd	5	26%	4	21%	-1	-20%
A-kassa	1	5%			-1	-100%
SA			1	5%	1	
Sjukpenning/Rehabpenning	5	26%	5	26%		
Ingen offentlig försörjning			3	16%	3	`;
const rader = (t: string): string[][] =>
    t.split("\n").map((r) => r.split("\t"));

test("FINSAM 2010 i Uppsala skrivs som i underlaget", async ({
    inloggad: page,
}) => {
    const urval = page.getByTestId("urval");
    await page.goto("/rapporter");
    await page
        .getByRole("link", { name: "Deltagarrapport försörjning" })
        .click();
    await paSidan(page, "Deltagarrapport försörjning");
    await urval.getByLabel("Budgetår").selectOption("2010");
    await urval
        .getByLabel("Samverkansorganisation")
        .selectOption("Samordningsförbundet Uppsala län");
    await page.getByTestId("visa-rapport").click();
    await expect(page).toHaveURL(/budgetar=2010/);
    await expect(page.getByTestId("huvud")).toContainText("2010");
    await expect(page.getByTestId("huvud")).toContainText(
        "Samordningsförbundet Uppsala län",
    );
    await expect(page.getByTestId("start")).toContainText(
        "startat (registrerats in) under året: 126",
    );
    await expect(page.getByTestId("start")).toContainText(
        "Varav unika deltagare: 125",
    );
    await expect(page.getByTestId("slut")).toContainText(
        "slutat (registrerats ut) under året: 19",
    );
    expect(await tabell(page, "start")).toEqual(rader(start));
    expect(await tabell(page, "slut")).toEqual(rader(slut));
    await expect(page.getByTestId("slut")).toContainText(
        "'utan mätning' har inte försörjning eller sysselsättning efter",
    );
    // A chart beside the same numbers.
    await expect(page.getByTestId("slut").locator("svg").first()).toBeVisible();

    // The choices are the address: a reload and Back keep them.
    const adressen = page.url();
    await urval.getByLabel("Budgetår").selectOption("2011");
    await page.getByTestId("visa-rapport").click();
    await expect(page).toHaveURL(/budgetar=2011/);
    await page.goBack();
    await expect(page).toHaveURL(adressen);
    await expect(urval.getByLabel("Budgetår")).toHaveValue("2010");
    await page.reload();
    await expect(page.getByTestId("start")).toContainText(": 126");
});

/** Downloads the report as shown, and reads the file. */
async function fil(page: Page, format: string): Promise<string> {
    const [hamtad] = await Promise.all([
        page.waitForEvent("download"),
        page.getByTestId(`fil-${format}`).click(),
    ]);
    expect(await hamtad.failure(), format).toBeNull();
    expect(hamtad.suggestedFilename()).toMatch(
        new RegExp(`^sus-forsorjning-2010-${format}\\.(csv|json)$`),
    );
    return readFileSync(await hamtad.path(), "utf8");
}

const tal = (cell: string | undefined): number =>
    Number((cell ?? "").replaceAll(/\s/g, ""));

test("filerna har sidans siffror, rad för rad", async ({ inloggad: page }) => {
    await page.goto(
        "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
    );
    await expect(page.getByTestId("slut").locator("td").first()).toBeVisible();
    const pa = {
        start: await tabell(page, "start"),
        slut: await tabell(page, "slut"),
        matta: [] as string[][],
        tackning: await page
            .getByTestId("tackning")
            .locator("dl > div")
            .evaluateAll((rader) =>
                rader.map((r) => [
                    (r.querySelector("dt")?.textContent ?? "").replace(":", ""),
                    r.querySelector("dd")?.textContent ?? "",
                ]),
            ),
    };
    expect(pa.tackning).toHaveLength(5);
    // FKUI draws the box on its label; the field itself lies beneath.
    await page.locator("label[for=bland-matta]").click();
    await expect(page.getByLabel("Bland dem som mätts")).toBeChecked();
    await expect(page.getByTestId("matta")).toBeVisible();
    pa.matta = await tabell(page, "slut");
    expect(pa.start.length).toBeGreaterThan(4);
    // Three short columns have room, also in a phone.
    await expect(page.getByTestId("start").getByTestId("rullar")).toHaveCount(
        0,
    );
    expect(pa.slut.length).toBeGreaterThan(4);

    // As printed: the same tables, cell by cell.
    const tryckta = (await fil(page, "excel-sv"))
        .split(/\r?\n/)
        .map((r) => r.split(";"))
        .filter((r) => r.length > 1);
    expect(tryckta).toEqual([
        ...pa.start,
        ...pa.slut,
        ...pa.matta,
        ["Vad som räknas", "Antal"],
        ...pa.tackning,
    ]);

    // As numbers: every row, also those that the page leaves out as nothing.
    const rapport = JSON.parse(await fil(page, "json")) as Schema<"Rapport">;
    const utanRubrik = (rader: string[][]): Map<string, string[]> =>
        new Map(rader.slice(1).map(([namn = "", ...celler]) => [namn, celler]));
    const delar = new Map(rapport.delar.map((d) => [d.id, d]));
    for (const [id, tryckt] of [
        ["START", utanRubrik(pa.start)],
        ["SLUT", utanRubrik(pa.slut)],
        ["MATTA", utanRubrik(pa.matta)],
    ] as const) {
        const del = delar.get(id);
        const antal = (del?.kolumner ?? []).flatMap((k, n) =>
            k.typ === "TAL" ? [n] : [],
        );
        expect(antal.length, id).toBeGreaterThan(0);
        expect(
            del?.rader.map((r) => [
                r.etikett,
                ...antal.map((n) => r.celler[n]),
            ]),
            id,
        ).toEqual(
            del?.rader.map((r) => [
                r.etikett,
                ...antal.map((n) => tal(tryckt.get(r.etikett)?.[n])),
            ]),
        );
        expect(del?.rader.map((r) => r.etikett)).toEqual(
            expect.arrayContaining([...tryckt.keys()]),
        );
    }

    const namnare = (id: string): number | undefined =>
        delar.get(id)?.tal.find((t) => t.id === "antal")?.varde;
    const data = [
        ["START", "START", "antal"],
        ["FORE", "SLUT", "antalFore"],
        ["EFTER", "SLUT", "antalEfter"],
        ["FORE_MATTA", "MATTA", "antalForeMatta"],
        ["EFTER_MATTA", "MATTA", "antalEfterMatta"],
        ["LAMNAT", "MATTA", "lamnat"],
        ["TILLKOMMIT", "MATTA", "tillkommit"],
        ["KVAR", "MATTA", "kvar"],
    ].flatMap(([matning = "", id = "", kolumn]) => {
        const del = delar.get(id);
        const n = (del?.kolumner ?? []).findIndex((k) => k.id === kolumn);
        return (del?.rader ?? []).map((r) => [
            "2010",
            matning,
            r.koder["forsorjning"],
            r.celler[n],
            namnare(id),
        ]);
    });
    expect(data).toHaveLength(64);
    expect((await fil(page, "data")).trim().split(/\r?\n/)).toEqual([
        "period,matning,forsorjning,varde,namnare",
        ...data.map((r) => r.join(",")),
    ]);
    expect(rapport.tackning.rader.map((r) => [r.etikett, r.antal])).toEqual(
        pa.tackning.map(([etikett, n]) => [etikett, tal(n)]),
    );
    const stat: unknown = JSON.parse(await fil(page, "json-stat"));
    expect(stat).toMatchObject({
        version: "2.0",
        value: data.map((r) => r[3]),
        extension: {
            tackning: Object.fromEntries(
                rapport.tackning.rader.map((r) => [r.kod, r.antal]),
            ),
        },
    });
});

test(
    "en fil som inte kan hämtas säger det, och går att hämta sedan",
    enVidd,
    async ({ inloggad: page }) => {
        await page.goto(
            "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
        );
        const data = "**/forsorjning?*format=data";
        await page.route(data, (r) => r.fulfill({ status: 503, body: "" }));
        await page.getByTestId("fil-data").click();
        await expect(page.getByTestId("problem")).toContainText(
            "Filen CSV för program är inte hämtad.",
        );
        await granska(page, "Rapporten: en fil som inte kom");
        await page.unroute(data);
        const [hamtad] = await Promise.all([
            page.waitForEvent("download"),
            page.getByTestId("forsok-igen").click(),
        ]);
        expect(await hamtad.failure()).toBeNull();
        await expect(page.getByTestId("problem")).toHaveCount(0);

        // Log-in over: as everywhere else, and back here after it.
        await page.context().clearCookies();
        await page.getByTestId("fil-json").focus();
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(/\/logga-in\?till=.*forsorjning/);
    },
);

test(
    "en ny rapport läses upp när den har kommit",
    enVidd,
    async ({ inloggad: page }) => {
        await page.goto(
            "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
        );
        const besked = page.getByTestId("rapportbesked");
        await expect(besked).toHaveRole("status");
        await expect(besked).toHaveText(
            "Rapporten för 2010 visas: 126 startade, 19 avslutade.",
        );
        await besked.evaluate((e) => {
            e.setAttribute("data-samma", "ja");
        });
        await page
            .getByTestId("urval")
            .getByLabel("Budgetår")
            .selectOption("2005");
        await page.getByTestId("visa-rapport").click();
        await expect(besked).toHaveText(
            "Rapporten för 2005 är tom: ingen har startat eller slutat med det här urvalet.",
        );
        // The same element all the time: one that comes with its text is not read.
        await expect(besked).toHaveAttribute("data-samma", "ja");
    },
);

test("urval som inte kommer säger det", enVidd, async ({ inloggad: page }) => {
    const val = [
        "**/v1/insatser?*",
        "**/v1/kodverk?*",
        "**/v1/kommuner?*",
        "**/v1/samverkansorganisationer?*",
    ];
    for (const v of val) {
        await page.route(v, (r) => r.fulfill({ status: 503, body: "" }));
    }
    await page.goto(
        "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
    );
    await expect(page.getByTestId("urval")).toContainText(
        "Alla val går inte att visa.",
    );
    await granska(page, "Rapporten: val som inte kom");
    for (const v of val) {
        await page.unroute(v);
    }
    await page.getByTestId("forsok-igen").click();
    await expect(page.getByTestId("problem")).toHaveCount(0);
    for (const namn of ["Verksamhetsområde", "Län", "Samverkansorganisation"]) {
        await expect(
            page.getByLabel(namn).getByRole("option"),
            namn,
        ).not.toHaveCount(1);
    }
});

test(
    "det som en adress väljer fel sägs vid fältet, som visar vad som valdes",
    enVidd,
    async ({ inloggad: page }) => {
        const bas =
            "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010";
        const okand = "019373a0-0000-7aaa-8bbb-000000000000";
        for (const [val, falt, text] of [
            ["lan=99", "Län", "99"],
            ["budgetar=1999", "Budgetår", "1999"],
            ["budgetar=2999", "Budgetår", "2999"],
            ["budgetar=i%20fjol", "Budgetår", "i fjol"],
            ["verksamhetsomrade=FOO", "Verksamhetsområde", "FOO"],
            [
                `organisationId=${okand}`,
                "Samverkansorganisation",
                "Vald organisation",
            ],
            [`insatsId=${okand}`, "Insats", "Vald insats"],
        ] as const) {
            await page.goto(
                val.startsWith("budgetar")
                    ? bas.replace("budgetar=2010", val)
                    : `${bas}&${val}`,
            );
            await expect(
                page.getByTestId("fellista").getByRole("link"),
                val,
            ).toHaveText(new RegExp(`^\\s*${falt}`));
            await expect(
                page
                    .getByTestId("urval")
                    .getByLabel(new RegExp(`^\\s*${falt}`))
                    .locator("option:checked"),
            ).toHaveText(text);
            await expect(page.locator("main")).not.toContainText(
                /En eller flera parametrar|koppla dig/,
            );
        }
    },
);

test("utskriften är rapporten utan meny och urval", async ({
    inloggad: page,
}) => {
    await page.goto(
        "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
    );
    await expect(page.getByTestId("start")).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(page.getByTestId("start")).toBeVisible();
    await expect(page.getByTestId("urval")).toBeHidden();
    await expect(page.getByTestId("skriv-ut")).toBeHidden();
    await expect(page.getByTestId("logga-ut")).toBeHidden();
});
