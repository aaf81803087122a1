import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import { fyllIn, granska } from "./prov";
import {
    enVidd,
    expect,
    iDag,
    paSidan,
    spara,
    test,
    tillKontrollen,
} from "./stod";

/** What is odd but allowed: told at the look-over, before it is saved, by a dry run that stores nothing. */

const ar = "Hur länge har deltagaren varit";

/** The dry runs from here on. */
function provkorningar(page: Page): string[] {
    const alla: string[] = [];
    page.on("request", (r) => {
        if (r.method() === "POST" && r.url().includes("provkor=true")) {
            alla.push(new URL(r.url()).pathname.split("/").at(-1) ?? "");
        }
    });
    return alla;
}

test("en ovanlig inregistrering läses före Spara, och sparas inte dessförinnan", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    const provade = provkorningar(page);
    const sparad = async (): Promise<boolean> =>
        (await api.lasSamtycke(s.id)).status === "ANVANT";
    await page.goto(`/insatser/${insats.id}`);
    await paSidan(page, insats.namn);
    await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
    await fyllIn(page, { ar: "" });
    await spara(page);
    await expect(page.getByTestId("fellista")).toBeVisible();
    expect(provade, "ett fält som är fel frågar inte").toEqual([]);

    await page.getByLabel(ar).fill("98");
    await page.getByLabel(ar).press("Enter");
    await paSidan(page, "Kontrollera uppgifterna");
    const fraga = page.getByRole("group", { name: /^Stämmer det\?/ });
    await expect(fraga).toBeFocused();
    await expect(fraga).toContainText(
        "Antalet år med offentlig försörjning är fler än deltagaren har varit över 16 år.",
    );
    await granska(page, "Inregistrering: kontrollera, stämmer det?");
    expect(await sparad()).toBe(false);

    // By keyboard alone: on to «Ändra», which leads to the field.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await paSidan(page, "Registrera in");
    await expect(page.getByLabel(ar)).toBeFocused();
    await expect(page.getByLabel(ar)).toHaveValue("98");
    await page.getByLabel(ar).fill("99");
    await page.getByLabel(ar).press("Enter");
    await expect(fraga).toBeFocused();

    // Back leads to the form, forward and a reload to the look-over again.
    await page.goBack();
    await paSidan(page, "Registrera in");
    await expect(page.getByLabel(ar)).toHaveValue("99");
    await page.goForward();
    await paSidan(page, "Kontrollera uppgifterna");
    await page.reload();
    await expect(page.getByTestId("kontroll")).toContainText("99");
    await expect(fraga).toBeVisible();
    expect(await sparad()).toBe(false);

    await page.getByTestId("spara").press("Enter");
    await paSidan(page, "Inregistreringen är sparad");
    await expect(page.getByTestId("kvitto")).toBeVisible();
    await expect(page.getByTestId("ovanligt")).toHaveCount(0);
    const { deltagandeId = "" } = await api.lasSamtycke(s.id);
    expect(
        (await api.lasDeltagande(deltagandeId)).inregistrering
            .arOffentligForsorjning,
    ).toBe(99);
});

test(
    "en provkörning som inte går hindrar ingen: kvittot säger det som är ovanligt",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer(), {
            startdag: iDag(-3),
        });
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await page.getByLabel("Avslutningsdag").fill(iDag(-3));
        await page
            .getByLabel("Avslutsanledning")
            .selectOption({ label: "Flytt" });
        await page.route("**/utregistreringar?provkor=true", (r) =>
            r.fulfill({ status: 503, body: "" }),
        );
        await spara(page);
        await paSidan(page, "Utregistreringen är sparad");
        const ovanligt = page.getByTestId("ovanligt");
        await expect(ovanligt).toContainText(
            "Deltagandet varade i högst två dagar.",
        );
        await granska(page, "Kvitto: ovanligt");
        await ovanligt.getByRole("link").click();
        await expect(page).toHaveURL(
            new RegExp(`/registrera/ratta-ut/${d.id}$`),
        );
    },
);

test.describe("de anonyma", () => {
    test.use({ roll: "andraInsatsen" });

    test(
        "ett år långt tillbaka frågas om, med sitt år",
        enVidd,
        async ({ inloggad: page, api }) => {
            const insats = await api.minInsats("Steget vidare");
            const gammalt = Number(iDag().slice(0, 4)) - 7;
            const antal = async (): Promise<number> =>
                (
                    await api.anropa<Schema<"AnonymaLista">>(
                        "GET",
                        `/v1/insatser/${insats.id}/anonyma?inregistreringsar=${gammalt}`,
                    )
                ).data.length;
            const innan = await antal();
            const provade = provkorningar(page);
            await page.goto(`/insatser/${insats.id}/anonyma`);
            await page
                .getByLabel("Inregistreringsår")
                .selectOption(String(gammalt));
            await page.getByLabel("Antal kvinnor").fill("2");
            await page.getByTestId("lagg-till-kvinnor").click();
            await tillKontrollen(page);
            await expect(page.getByTestId("varningar")).toContainText(
                `${gammalt}: Det som registreras ligger mer än fem år tillbaka.`,
            );
            await granska(page, "Anonyma: kontrollera, stämmer det?");
            expect(await antal()).toBe(innan);
            await page.getByTestId("varningar-andra").click();
            await expect(page.getByLabel("Inregistreringsår")).toBeFocused();
            await expect(page.getByTestId("tillagda")).toContainText(
                "2 kvinnor",
            );
            await tillKontrollen(page);
            await page.getByTestId("spara").dblclick();
            await expect(page.getByTestId("sparat")).toBeVisible();
            expect(await antal()).toBe(innan + 1);
            expect(provade).toEqual(["anonyma", "anonyma"]);

            // A correction that makes many of few is asked about as many new ones are.
            await page
                .getByTestId("registreringar")
                .getByRole("listitem")
                .filter({ hasText: `2 kvinnor och 0 män för ${gammalt}` })
                .first()
                .getByTestId("ratta")
                .click();
            await page.getByLabel("Antal kvinnor").fill("220");
            await page
                .getByLabel("Varför rättas uppgiften?")
                .fill("Fel antal angivet");
            await tillKontrollen(page);
            await expect(page.getByTestId("varningar")).toContainText(
                `Är det rätt med 220 kvinnor för ${gammalt}?`,
            );
            await page.getByTestId("varningar-andra").click();
            await expect(page.getByLabel("Antal kvinnor")).toBeFocused();
            await page.getByLabel("Antal kvinnor").fill("20");
            await spara(page);
            await expect(page.getByTestId("rattat")).toBeVisible();
        },
    );
});
