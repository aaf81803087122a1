import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import type { Sms } from "../src/shared/api/typer";
import { senasteKod } from "./forbered";
import { fyllIn, som, tillSidan, valj } from "./prov";
import { eget, expect, iDag, paSidan, sok, spara, test, uppgift } from "./stod";

/** A förbund's whole life: the users are made by Försäkringskassan's operator, all else on the pages. */

const program = path.resolve(import.meta.dirname, "../../bin/sus");

/** `sus anvandare …` beside the server of the tests. */
function anvandare(bas: string, args: string[], indata = ""): string {
    return execFileSync(program, ["anvandare", ...args, "--av=Browser test"], {
        input: indata,
        encoding: "utf8",
        stdio: "pipe",
        env: {
            ...process.env,
            SUS_DATA_DIR:
                process.env["SUS_DATA_DIR"] ??
                readFileSync(
                    path.join(tmpdir(), `sus-e2e-${new URL(bas).port}.mapp`),
                    "utf8",
                ),
        },
    }).trim();
}

interface Ny {
    nr: string;
    mobil: string;
    arbetsgivare: string;
    roll: string;
    efternamn: string;
}

function nyAnvandare(bas: string, ny: Ny): void {
    const id = anvandare(
        bas,
        [
            "skapa",
            "--fornamn=Prov",
            `--efternamn=${ny.efternamn}`,
            `--mobil=${ny.mobil}`,
            `--huvudarbetsgivare=${ny.arbetsgivare}`,
        ],
        `${ny.nr}\n`,
    );
    anvandare(bas, ["behorighet", id, ny.roll]);
}

/** The master password came as an SMS, and so does the code. */
async function loggaIn(
    page: Page,
    bas: string,
    { nr, mobil }: Ny,
): Promise<void> {
    const svar = await page.request.get("/demo/sms", {
        headers: { Accept: "application/json" },
    });
    const { data } = (await svar.json()) as { data: Sms[] };
    const losenord = data
        .filter((s) => s.to === mobil)
        .map((s) => /masterlösenord till SUS är (\S+)/.exec(s.message)?.[1])
        .find((l) => l !== undefined);
    await page.context().clearCookies();
    await tillSidan(page, "/logga-in");
    await page.getByLabel(/^Personnummer/).fill(nr);
    await page.getByLabel("Masterlösenord").fill(losenord ?? "");
    await page.getByRole("button", { name: "Skicka engångskod" }).click();
    const kod = page.getByLabel("Engångskod");
    await expect(kod).toBeFocused();
    await kod.fill(await senasteKod(bas, mobil));
    await page.getByRole("button", { name: "Logga in", exact: true }).click();
    await expect(page.getByTestId("logga-ut")).toBeVisible();
}

/** Nine digits and Luhn's. */
function organisationsnummer(): string {
    const nio = `22288${String(Date.now() % 10_000).padStart(4, "0")}`;
    const summa = Array.from(nio).reduce((s, c, i) => {
        const d = Number(c) * (i % 2 === 0 ? 2 : 1);
        return s + Math.floor(d / 10) + (d % 10);
    }, 0);
    return `${nio}${String((10 - (summa % 10)) % 10)}`;
}

async function geUppdrag(
    page: Page,
    roll: string,
    namn: string,
): Promise<void> {
    await page.getByTestId("ge-uppdrag").click();
    const val = page.locator(`label[for="falt-roll-${roll}"]`);
    if ((await val.count()) > 0) {
        await val.click();
    }
    const lista = page.locator("#falt-anvandareId");
    const text = await lista
        .locator("option", { hasText: namn })
        .first()
        .textContent();
    await lista.selectOption({ label: text ?? "" });
    await page.getByTestId("spara").click();
    await expect(page.getByTestId("uppdragsbesked")).toBeVisible();
    await expect(
        page.getByTestId("uppdrag").filter({ hasText: namn }),
    ).toHaveCount(1);
}

async function laggTillIngaende(
    page: Page,
    sokt: string,
    nummer: string,
): Promise<void> {
    await page.getByLabel("Lägg till en ingående organisation").fill(sokt);
    await page.getByTestId("sok-myndighet").click();
    await page.getByTestId(`lagg-till-${nummer}`).click();
}

test("ett samordningsförbund från första dagen till insatsens sista", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    test.setTimeout(120_000);
    const bas = baseURL ?? "";
    const ar = iDag().slice(0, 4);
    const namn = `Provförbundet ${eget()}`;
    const insatsnamn = `Insatsen ${eget()}`;
    const moten = `Möten ${eget()}`;
    const nr = organisationsnummer();
    const [kommun, fk] = ["2120003005", "2021005521"];
    const admin: Ny = {
        nr: nummer(),
        mobil: "+46701740690",
        arbetsgivare: nr,
        roll: "SAMVERKANSADMINISTRATOR",
        efternamn: `Admin${eget()}`,
    };
    const ansvarig: Ny = {
        nr: nummer(),
        mobil: "+46701740691",
        arbetsgivare: kommun,
        roll: "DELTAGARANSVARIG",
        efternamn: `Deltagar${eget()}`,
    };

    // Försäkringskassan puts the förbund in the register, makes it and gives its first administrator the uppdrag.
    await som(page, "systemforvaltare", info);
    await tillSidan(page, "/administration/myndigheter?andra=ny");
    await page.fill("#falt-organisationsnummer", nr);
    await page.fill("#falt-namn", namn);
    await page.selectOption("#falt-typ", "SAMORDNINGSFORBUND");
    await spara(page);
    await expect(page.getByTestId("myndighetsbesked")).toBeVisible();
    await tillSidan(page, "/samverkansorganisationer/ny");
    await page.fill("#falt-namn", namn);
    await page.fill("#falt-organisationsnummer", nr);
    await page.selectOption("#falt-samverkansform", "FINSAM");
    await page.fill("#falt-startdatum", `${ar}-01-01`);
    await page.fill("#falt-rapporteringsdag", "12");
    await page.selectOption("#falt-verksamhetsomrade", "OSTER");
    await page.getByLabel("Kommunens namn").fill("Västerå*");
    await valj(page, "falt-kommuner-1980");
    await laggTillIngaende(page, "Försäkringskassan", fk);
    await laggTillIngaende(page, "Uppsala kommun", kommun);
    await laggTillIngaende(page, nr, nr);
    await spara(page);
    await paSidan(page, namn);
    const vag = new URL(page.url()).pathname;
    nyAnvandare(bas, admin);
    nyAnvandare(bas, ansvarig);
    await tillSidan(page, `${vag}/uppdrag`);
    await geUppdrag(page, "SAMVERKANSADMINISTRATOR", admin.efternamn);

    // The administrator fills in what is the förbund's own.
    await loggaIn(page, bas, admin);
    await tillSidan(page, `${vag}/andra`);
    await page.fill("#falt-beskrivning", "Samverkan i Uppsala.");
    await page.getByTestId("kontaktfalten").click();
    await page.fill("#falt-kontaktperson-namn", "Kim Kansli");
    await spara(page);
    await paSidan(page, namn);
    await expect(uppgift(page, "Beskrivning")).toHaveText(
        "Samverkan i Uppsala.",
    );

    // An insats for people, and one that counts.
    for (const [n, metod] of [
        [insatsnamn, "MED_PERSONUPPGIFT_ELLER_ANONYM"],
        [moten, "ENDAST_ANTAL"],
    ] as const) {
        await tillSidan(page, "/insatser/ny");
        await page.fill("#falt-namn", n);
        await page.fill("#falt-startdatum", `${ar}-01-01`);
        await valj(page, "falt-inriktning-INDIVIDINRIKTAD");
        await page.selectOption("#falt-preciseradInriktning", "FORBEREDANDE");
        await valj(page, `falt-deltagarregistrering-${metod}`);
        await spara(page);
        await paSidan(page, n);
    }
    const motesvag = new URL(page.url()).pathname;

    await tillSidan(page, `${vag}/fragor?ny=ja`);
    await page.fill("#falt-namn", "Stöd");
    await page.fill("#falt-innehall", "Vilket stöd har du haft mest nytta av?");
    await page.fill("#falt-franOchMed", `${ar}-01-01`);
    await valj(page, "falt-svarstyp-ENVAL");
    await page.fill("#falt-alternativ", "Samtal\nPraktik");
    await valj(page, "falt-vidIn-ja");
    await valj(page, "falt-vidUt-ja");
    await spara(page);
    await expect(page.getByTestId("fragebesked")).toContainText("sparad");

    await tillSidan(page, `${vag}/budget?ar=${ar}&andra=ja`);
    await page.getByTestId("lagg-till-finansiering").click();
    await page.selectOption("#falt-finansiering-0-finansiar", fk);
    await page.fill("#falt-finansiering-0-belopp", "1 000 000,50");
    await page.getByTestId("lagg-till-administrativaKostnader").click();
    await page.selectOption(
        "#falt-administrativaKostnader-0-kostnadstyp",
        "PERSONAL",
    );
    await page.fill("#falt-administrativaKostnader-0-budget", "250 000,25");
    await spara(page);
    await expect(
        page
            .getByRole("table", { name: "Summor" })
            .getByRole("row", { name: /1\s000\s000,50/ })
            .first(),
    ).toBeVisible();
    await expect(page.getByTestId("varning")).toHaveCount(1);

    await tillSidan(page, `${motesvag}/volym?ar=${ar}`);
    await page.fill("#falt-antalKvinnor", "12");
    await page.fill("#falt-antalMan", "7");
    await page.fill("#falt-uppgiftSaknas", "1");
    await spara(page);
    await expect(page.getByTestId("volymen")).toContainText("12");

    await tillSidan(page, `/insatser?namn=${encodeURIComponent(insatsnamn)}`);
    await page.getByRole("link", { name: insatsnamn }).click();
    await paSidan(page, insatsnamn);
    const insatsvag = new URL(page.url()).pathname;
    await tillSidan(page, `${insatsvag}/uppdrag`);
    await geUppdrag(page, "DELTAGARANSVARIG", ansvarig.efternamn);

    // The deltagaransvarig registers somebody who answers the question, in and out.
    await loggaIn(page, bas, ansvarig);
    await tillSidan(page, `${insatsvag}/registrera`);
    await sok(page, nummer());
    await page.fill("#falt-datum", iDag(-5));
    await page.getByTestId("registrera-samtycke").click();
    await page.waitForURL(/\/registrera\/in\//);
    await fyllIn(page);
    await page.locator("label", { hasText: /^\s*Praktik\s*$/ }).click();
    await spara(page);
    await expect(page.getByTestId("kvitto")).toBeVisible();

    // The insats ends; what is registered in it bounds its last day.
    await loggaIn(page, bas, admin);
    await tillSidan(page, `${insatsvag}/andra`);
    await page.fill("#falt-slutdatum", iDag());
    await spara(page);
    await paSidan(page, insatsnamn);
    await expect(uppgift(page, "Period")).toContainText(iDag());
});
