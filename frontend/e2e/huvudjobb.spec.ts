import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import type { Rollnamn } from "./konton";
import { fyllIn, lugn, som } from "./prov";
import {
    Api,
    efter,
    eget,
    expect,
    felen,
    grupp,
    iDag,
    markera,
    paSidan,
    sok,
    spara,
    test,
    uppgift,
} from "./stod";

/** The whole main job of each role, from the log-in's first page to what is stored. */

type Rapport = Schema<"Rapport">;
/** How many a part of the report counts. */
const antalI = (r: Rapport, del: "START" | "SLUT"): number =>
    r.delar
        .find((d) => d.id === del)
        ?.tal.find((t) => t.id === "antal" && t.koder === undefined)?.varde ??
    -1;
const rapportvag = "/rapporter/deltagarrapport/forsorjning";

test("insatsansvarig ändrar sin insats och ser ingen deltagare", async ({
    page,
    baseURL,
}, info) => {
    // One insats a width: two that change the same one would be in each other's way.
    const roll: Rollnamn =
        info.project.name === "mobil"
            ? "andraInsatsansvarig"
            : "insatsansvarig";
    await som(page, roll, info);
    const api = Api.som(roll, baseURL ?? "");
    const insats = await api.minInsats();
    await page.goto("/");
    const kort = page
        .getByTestId("min-insats")
        .filter({ hasText: insats.namn });
    await expect(kort.getByTestId("registrera")).toHaveCount(0);
    await kort.getByRole("link", { name: insats.namn }).click();
    await expect(page.getByTestId("deltaganden")).toHaveCount(0);
    await expect(page.getByTestId("inga-personuppgifter")).toBeVisible();
    await page.getByTestId("andra").click();
    // An insats stays in its organisation.
    await expect(
        page.getByRole("main").getByLabel("Samverkansorganisation"),
    ).toHaveCount(0);
    const text = `Ny text ${eget()}.`;
    await page.getByLabel("Beskrivning").fill(text);
    await page.getByLabel(/^Insatsanordnare/).fill("Kommunen");
    await spara(page);
    await paSidan(page, insats.namn);
    await expect(uppgift(page, "Beskrivning")).toHaveText(text);
    await expect(uppgift(page, "Insatsanordnare")).toHaveText("Kommunen");
    const nu = await api.minInsats();
    expect(nu.beskrivning).toBe(text);
    expect(nu.version).toBe(insats.version + 1);
    expect(nu.malgrupper).toEqual(insats.malgrupper);
});

test.describe("den som läser rapporter", () => {
    test.use({ roll: "susrapport" });

    test("väljer område, län, organisation, insats och kön, och får definitioner, fil och utskrift", async ({
        inloggad: page,
        api,
    }) => {
        await page.addInitScript(() => {
            Reflect.set(window, "utskrifter", 0);
            window.print = () => {
                const n = Reflect.get(window, "utskrifter") as number;
                Reflect.set(window, "utskrifter", n + 1);
            };
        });
        await page.goto("/");
        await page.getByTestId("inga-insatser").getByRole("link").click();
        await page.getByTestId("forsorjning").click();
        await paSidan(page, "Deltagarrapport försörjning");
        const urval = page.getByTestId("urval");
        const organisation = urval.getByLabel("Samverkansorganisation");
        // But for those that other tests register meanwhile.
        const alternativ = async (): Promise<string[]> =>
            (await organisation.locator("option").allTextContents()).filter(
                (namn) => !namn.startsWith("Provförbundet "),
            );
        await urval.getByLabel("Budgetår").selectOption("2010");
        await expect
            .poll(alternativ)
            .toEqual([
                "Alla",
                "Samordningsförbundet Göteborg",
                "Samordningsförbundet Norrbotten",
                "Samordningsförbundet Skåne",
                "Samordningsförbundet Uppsala län",
            ]);

        // Each choice narrows the next.
        await urval.getByLabel("Verksamhetsområde").selectOption("Norr");
        await expect
            .poll(alternativ)
            .toEqual(["Alla", "Samordningsförbundet Norrbotten"]);
        await urval.getByLabel("Verksamhetsområde").selectOption("Öster");
        await urval.getByLabel("Län").selectOption("Uppsala län");
        await expect
            .poll(alternativ)
            .toEqual(["Alla", "Samordningsförbundet Uppsala län"]);
        await organisation.selectOption("Samordningsförbundet Uppsala län");
        const insats = urval.getByLabel("Insats");
        await expect(insats.locator("option")).not.toHaveCount(1);
        await insats.selectOption("Steget vidare");
        await urval.getByLabel("Kön").selectOption("Kvinnor");
        await page.getByTestId("visa-rapport").click();

        const huvud = page.getByTestId("huvud");
        for (const rad of [
            /Finansieringsform:\s*FINSAM/,
            /Budgetår:\s*2010/,
            /Verksamhetsområde:\s*Öster/,
            /Län:\s*Uppsala län/,
            /Samverkansorg:\s*Samordningsförbundet Uppsala län/,
            /Insats:\s*Steget vidare/,
            /Kön:\s*Kvinnor/,
        ]) {
            await expect(huvud).toContainText(rad);
        }
        const adress = new URL(page.url());
        adress.searchParams.set("format", "json");
        const rapport = await api.anropa<Rapport>(
            "GET",
            `/v1${adress.pathname}${adress.search}`,
        );
        expect(antalI(rapport, "START")).toBeGreaterThan(0);
        await expect(page.getByTestId("start")).toContainText(
            `startat (registrerats in) under året: ${String(antalI(rapport, "START"))}`,
        );
        // Women and men are all.
        const man = await api.anropa<Rapport>(
            "GET",
            `/v1${adress.pathname}${adress.search.replace("KVINNA", "MAN")}`,
        );
        const utan = new URL(adress);
        utan.searchParams.delete("kon");
        const alla = await api.anropa<Rapport>(
            "GET",
            `/v1${utan.pathname}${utan.search}`,
        );
        expect(antalI(rapport, "START") + antalI(man, "START")).toBe(
            antalI(alla, "START"),
        );

        const tomma = page.getByText("En nolla skrivs som en tom ruta");
        await expect(tomma).toBeHidden();
        await page.getByRole("button", { name: "Så räknas det" }).click();
        await expect(tomma).toBeVisible();
        await expect(
            page.getByText(
                "Felregistreringar, anonyma deltagare och insatser som bara redovisar antal.",
            ),
        ).toBeVisible();

        const [fil, fraga] = await Promise.all([
            page.waitForEvent("download"),
            page.waitForRequest(/format=excel-sv/),
            page.getByTestId("fil-excel-sv").click(),
        ]);
        expect(fil.suggestedFilename()).toBe(
            "sus-forsorjning-2010-excel-sv.csv",
        );
        expect(new URL(fraga.url()).searchParams.get("kon")).toBe("KVINNA");

        await page.getByTestId("skriv-ut").click();
        await expect
            .poll(() =>
                page.evaluate(
                    () => Reflect.get(window, "utskrifter") as unknown,
                ),
            )
            .toBe(1);

        // Another organisation puts the insats out, and what is shown is not what is chosen.
        await urval.getByLabel("Verksamhetsområde").selectOption("");
        await expect(organisation).toHaveValue("");
        await expect(insats).toHaveValue("");
        await expect(page.getByTestId("urval-andrat")).toBeVisible();
        await expect(page.getByTestId("fil-excel-sv")).toHaveCount(0);
    });
});

test("en annan organisations kontaktperson visas inte", async ({
    inloggad: page,
}) => {
    await page.goto("/samverkansorganisationer?namn=Norrbotten");
    await page
        .getByRole("link", { name: "Samordningsförbundet Norrbotten" })
        .click();
    await page.getByTestId("kontaktinformation").click();
    await expect(uppgift(page, "Telefon")).toHaveText("0921-100 00");
    await expect(page.locator("main")).toContainText(
        "Kontaktpersonen visas bara för organisationens egna användare.",
    );
    await expect(page.locator("main")).not.toContainText("Stefan Lind");
});

test.describe("systemförvaltaren", () => {
    test.use({ roll: "systemforvaltare" });

    test("läser kodverken, vart och ett med sin adress", async ({
        inloggad: page,
    }) => {
        await page.goto("/");
        await page
            .getByTestId("inga-insatser")
            .getByRole("link", { name: "Administration" })
            .click();
        await page.getByRole("link", { name: "Kodverk" }).click();
        const rad = (text: string) => page.getByRole("row", { name: text });
        await expect(rad("Ingen offentlig försörjning")).toContainText(
            "Utesluter alla andra",
        );
        const kodverk = page.getByLabel("Kodverk");
        await kodverk.selectOption("Avslutsanledning");
        await expect(page).toHaveURL(/kodverk=AVSLUTSANLEDNING/);
        await expect(rad("Felregistrering")).toContainText("Ur all statistik");
        await expect(rad("Återkallat samtycke")).toContainText("Utan mätning");
        await kodverk.selectOption("Stadsdel");
        await expect(rad("Angered")).toContainText("2011-01-01 – 2020-12-31");
        await expect(rad("Angered")).toContainText("1480");
        await page.goBack();
        await expect(kodverk).toHaveValue("AVSLUTSANLEDNING");
        await page.reload();
        await expect(rad("Avliden")).toBeVisible();
        // None of them is empty.
        for (const val of await kodverk.locator("option").all()) {
            await kodverk.selectOption(await val.getAttribute("value"));
            await expect(
                page.locator("tbody tr").first(),
                (await val.textContent()) ?? "",
            ).toBeVisible();
        }
    });

    test("söker i loggen på ett objekt, och bläddrar bakåt i tiden", async ({
        inloggad: page,
        baseURL,
        nummer,
    }) => {
        const registrerar = Api.som("deltagaransvarig", baseURL ?? "");
        const nr = nummer();
        const insats = await registrerar.minInsats();
        const d = await registrerar.deltagande(insats.id, nr);
        await page.goto("/administration/logg");
        const rader = page.locator("tbody tr");
        await expect(rader).toHaveCount(50);
        const forsta = await rader.first().innerText();
        await page.getByRole("link", { name: "Äldre poster" }).click();
        await expect(page).toHaveURL(/cursor=/);
        await expect(rader.first()).not.toHaveText(forsta);
        await page.goBack();
        await expect(page).not.toHaveURL(/cursor=/);
        await lugn(page);

        const id = page.getByLabel("Objektets id");
        await id.fill(d.id);
        await page.getByTestId("sok").click();
        await expect(page).toHaveURL(new RegExp(`objektId=${d.id}`));
        await expect(rader).not.toHaveCount(50);
        await expect(rader.first()).toBeVisible();
        for (const r of await rader.all()) {
            await expect(r).toContainText(d.id);
        }
        // What happened, to what and by whom, but never to whom.
        const tabell = await page.getByRole("table").innerText();
        expect(tabell).not.toContain(nr);
        expect(tabell).not.toContain(await registrerar.namn(d.samtyckeId));

        await id.fill("abc");
        await page.getByTestId("sok").click();
        await felen(page, [
            ["objektId", "Objektets id", "Skriv ett id (UUID) med 36 tecken."],
        ]);
        await id.fill(randomUUID());
        await page.getByTestId("sok").click();
        await expect(page.locator("main")).toContainText(
            "Loggen har ingen sådan post.",
        );
    });

    test("döljer och visar en organisations kontaktinformation", async ({
        inloggad: page,
    }) => {
        await page.goto("/samverkansorganisationer");
        await page.getByLabel("Län").selectOption("Norrbottens län");
        await page
            .getByRole("link", { name: "Samordningsförbundet Norrbotten" })
            .click();
        await paSidan(page, "Samordningsförbundet Norrbotten");
        const knapp = page.getByRole("button", {
            name: "Dölj/visa kontaktinformation",
        });
        await expect(knapp).toHaveAttribute("aria-expanded", "false");
        await expect(page.getByText("Storgatan 12")).toHaveCount(0);
        await knapp.click();
        await expect(knapp).toHaveAttribute("aria-expanded", "true");
        await expect(uppgift(page, "Adress")).toContainText("961 31 Boden");
        await expect(uppgift(page, "Telefon")).toHaveText("0921-100 00");
        await expect(uppgift(page, "Kontaktperson")).toContainText(
            "Stefan Lind",
        );
        await knapp.click();
        await expect(knapp).toHaveAttribute("aria-expanded", "false");
        await expect(page.getByText("Storgatan 12")).toHaveCount(0);
    });
});

/** How many began and ended in the insats, each in the year of its own day, as the page prints it. */
async function iRapporten(
    page: Page,
    insatsId: string,
    startdag: string,
    avslutningsdag: string,
): Promise<{ in: number; ut: number; forsorjningsstod: number }> {
    const till = async (dag: string): Promise<void> => {
        await page.goto(
            `${rapportvag}?samverkansform=FINSAM&budgetar=${dag.slice(0, 4)}&insatsId=${insatsId}`,
        );
        await expect(page.getByTestId("start")).toBeVisible();
    };
    const tal = async (del: string): Promise<number> => {
        const text = await page.getByTestId(del).innerText();
        return Number(
            /under året: ([\d\s]*)\n/.exec(text)?.[1]?.replace(/\s/g, ""),
        );
    };
    const rad = page
        .getByTestId("start")
        .getByRole("row", { name: "Försörjningsstöd" })
        .getByRole("cell")
        .first();
    await till(startdag);
    const borjade = {
        in: await tal("start"),
        forsorjningsstod:
            (await rad.count()) === 0 ? 0 : Number(await rad.innerText()),
    };
    await till(avslutningsdag);
    return { ...borjade, ut: await tal("slut") };
}

test("deltagaransvarig söker, tar samtycke, registrerar in och ut, och rapporten följer med @bada", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    // Insatser in which no other test registers, so that the numbers are this one's.
    const [roll, namn] =
        info.project.name === "mobil"
            ? (["andraInsatsen", "Steget vidare"] as const)
            : (["fleraInsatser", "Nya spår"] as const);
    await som(page, roll, info);
    const nr = nummer();
    const insats = await Api.som(roll, baseURL ?? "").minInsats(namn);
    // At the turn of the year these are of different years, each with a report of its own.
    const startdag = iDag(-8);
    const avslutningsdag = iDag(-1);
    const rapporten = () =>
        iRapporten(page, insats.id, startdag, avslutningsdag);
    const fore = await rapporten();

    await page.goto("/");
    await page
        .getByRole("link", { name: `Registrera deltagare i ${namn}` })
        .click();
    await sok(page, nr);
    await page.getByLabel("Datum för samtycket").fill(startdag);
    await page.getByTestId("registrera-samtycke").click();
    await page.getByTestId("inregistrering").waitFor();
    await fyllIn(page, { startdag });
    await markera(page.locator("#falt-fore-forsorjning"), "Försörjningsstöd");
    await spara(page);
    await paSidan(page, "Inregistreringen är sparad");

    const mellan = await rapporten();
    expect(mellan).toEqual({
        in: fore.in + 1,
        ut: fore.ut,
        forsorjningsstod: fore.forsorjningsstod + 1,
    });

    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await expect(page.getByLabel("Registrering", { exact: true })).toHaveValue(
        "ut",
    );
    await page.getByTestId("fortsatt").click();
    await page.getByLabel("Avslutningsdag").fill(avslutningsdag);
    await page
        .getByLabel("Avslutsanledning")
        .selectOption("Avslut enligt plan");
    await markera(grupp(page, efter.forsorjning), "A-kassa");
    await markera(grupp(page, efter.arbetssokande), "Ja");
    await markera(grupp(page, efter.arbetar), "Nej");
    await markera(grupp(page, efter.studerar), "Nej");
    await spara(page);
    await paSidan(page, "Utregistreringen är sparad");
    await expect(page.getByTestId("kvitto")).toContainText(
        `Avslutningsdag ${avslutningsdag}`,
    );
    expect(await rapporten()).toEqual({
        ...mellan,
        ut: fore.ut + 1,
    });
});

test("rapporten som lästes nyss är ny efter en registrering", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}`);
    const lank = page.getByRole("link", {
        name: "Deltagarrapport för insatsen",
    });
    const las = async (): Promise<number> => {
        const svar = page.waitForResponse(/\/v1\/rapporter\//);
        await lank.click();
        const rapport = (await (await svar).json()) as Rapport;
        await expect(page.getByTestId("start")).toContainText(
            `under året: ${String(antalI(rapport, "START"))}`,
        );
        return antalI(rapport, "START");
    };
    const fore = await las();
    // The link leads to the report of this year: also in January.
    await api.deltagande(insats.id, nummer(), { startdag: iDag() });
    await page.goBack();
    expect(await las()).toBeGreaterThan(fore);
});
