import type { Schema } from "../src/shared/api/typer";
import { granska } from "./prov";
import { enVidd, expect, iDag, spara, test } from "./stod";

test.describe("de anonyma", () => {
    // Where no other test counts any.
    test.use({ roll: "andraInsatsen" });

    test(
        "frågas om när de är många, behåller sitt år och rättas med ett skäl",
        enVidd,
        async ({ inloggad: page, api }) => {
            const insats = await api.minInsats("Steget vidare");
            const ar = Number(iDag().slice(0, 4));
            await page.goto(`/insatser/${insats.id}/anonyma`);
            await page.getByLabel("Inregistreringsår").selectOption(String(ar));
            await page.getByLabel("Antal kvinnor").fill("22");
            await page.getByTestId("lagg-till-kvinnor").click();
            await expect(page.getByTestId("fraga")).toContainText(
                `22 kvinnor för ${ar}?`,
            );
            await granska(page, "Anonyma: frågan om många");
            await page.getByTestId("fraga-nej").click();
            await expect(page.getByTestId("tillagda")).toHaveCount(0);
            await expect(page.getByLabel("Antal kvinnor")).toBeFocused();
            await page.getByTestId("lagg-till-kvinnor").click();
            await page.getByTestId("fraga-ja").click();
            await page
                .getByLabel("Inregistreringsår")
                .selectOption(String(ar - 1));
            await page.getByLabel("Antal män").fill("3");
            await page.getByTestId("lagg-till-man").click();
            await expect(
                page.getByTestId("tillagda").getByRole("heading"),
            ).toHaveText([
                `Att spara för ${ar}: 22 kvinnor och 0 män`,
                `Att spara för ${ar - 1}: 0 kvinnor och 3 män`,
            ]);
            await spara(page);
            await expect(page.getByTestId("sparat")).toContainText(
                `22 kvinnor och 0 män är registrerade för ${ar}. 0 kvinnor och 3 män är registrerade för ${ar - 1}.`,
            );

            await page
                .getByTestId("registreringar")
                .getByRole("listitem")
                .filter({ hasText: `22 kvinnor och 0 män för ${ar}` })
                .first()
                .getByTestId("ratta")
                .click();
            await page.getByLabel("Antal kvinnor").fill("2");
            await spara(page);
            await expect(page.getByTestId("fellista")).toBeVisible();
            await page
                .getByLabel("Varför rättas uppgiften?")
                .fill("Fel antal angivet");
            await granska(page, "Anonyma: rättelse");
            await spara(page);
            await expect(page.getByTestId("rattat")).toBeVisible();
            const { data } = await api.anropa<Schema<"AnonymaLista">>(
                "GET",
                `/v1/insatser/${insats.id}/anonyma?inregistreringsar=${ar}`,
            );
            expect(data[0]).toMatchObject({
                antalKvinnor: 2,
                antalMan: 0,
                version: 2,
            });
            await page.getByTestId("ratta").nth(1).click();
            await expect(page.getByTestId("versioner")).toContainText(
                "Skäl: Fel antal angivet",
            );
            await page.getByTestId("avbryt").click();
            await expect(page.getByTestId("anonyma")).toBeVisible();
        },
    );
});
