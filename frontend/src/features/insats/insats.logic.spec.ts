import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import { granska, tillTrad } from "@/shared/formular/tabell";
import {
    forval,
    insatssvarAv,
    insatstabell,
    tomInsats,
    slutdag,
} from "./insats.logic";

const insats: Schema<"Insats"> = {
    id: "i1",
    organisationId: "o1",
    namn: "Arbetslivsresurs",
    startdatum: "2024-01-01",
    inriktning: "INDIVIDINRIKTAD",
    preciseradInriktning: "REHABILITERING",
    deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
    malgrupper: ["KVINNOR"],
    rader: [],
    organisation: {
        id: "o1",
        namn: "F",
        startdatum: "2005-01-01",
        samverkansform: "FINSAM",
        medlemmar: [],
    },
    version: 3,
};

const sammanhang = {
    idag: "2026-11-25",
    ny: false,
    organisationer: [],
    preciserad: [],
    malgrupp: [
        {
            kodverk: "MALGRUPP" as const,
            kod: "KVINNOR",
            etikett: "Kvinnor",
            ordning: 1,
            giltigFran: "2004-01-01",
            exklusiv: false,
            utanMatning: false,
            utesluts: false,
            endastAterkallelse: false,
        },
    ],
    medlemmar: [],
};
const ny = { ...sammanhang, ny: true };

describe("en insats", () => {
    it("går oförändrad genom formuläret", () => {
        const { id, organisation, version, rader, ...uppgifter } = insats;
        expect([id, version, organisation.id, rader]).toEqual([
            "i1",
            3,
            "o1",
            [],
        ]);
        expect(
            tillTrad(insatstabell, insatssvarAv(insats), sammanhang),
        ).toEqual(uppgifter);
        expect(insatssvarAv(insats).version).toBe(version);
    });
    it("som är tom får alla fel i formulärets ordning", () => {
        expect(
            granska(insatstabell, tomInsats(), ny).map((f) => f.pekare),
        ).toEqual([
            "/organisationId",
            "/namn",
            "/startdatum",
            "/inriktning",
            "/preciseradInriktning",
            "/deltagarregistrering",
        ]);
        expect(granska(insatstabell, insatssvarAv(insats), sammanhang)).toEqual(
            [],
        );
    });
    it("slutar inte före sin början", () => {
        expect(
            granska(
                insatstabell,
                {
                    ...insatssvarAv(insats),
                    slutdatum: "2023-12-31",
                },
                sammanhang,
            ).map((f) => f.regel),
        ).toEqual(["slut-fore-start"]);
        expect(
            granska(
                insatstabell,
                { ...insatssvarAv(insats), slutdatum: "snart" },
                sammanhang,
            ).map((f) => f.regel),
        ).toEqual(["datum"]);
    });
    it("förväljer endast antal när den är strukturövergripande", () => {
        expect(forval("STRUKTUROVERGRIPANDE")).toBe("ENDAST_ANTAL");
        expect(forval("INDIVIDINRIKTAD")).toBe(
            "MED_PERSONUPPGIFT_ELLER_ANONYM",
        );
    });
    it("tar organisationsnumret med och utan streck", () => {
        expect(
            tillTrad(
                insatstabell,
                {
                    ...insatssvarAv(insats),
                    inmatningsorganisation: "212000-3005",
                },
                sammanhang,
            ),
        ).toMatchObject({
            inmatningsorganisation: "2120003005",
        });
    });
});

describe("insatsens sista dag", () => {
    it.each([
        [undefined, undefined, undefined],
        ["2026-06-30", undefined, "2026-06-30"],
        [undefined, "2026-03-31", "2026-03-31"],
        ["2026-06-30", "2026-03-31", "2026-03-31"],
    ])(
        "är den tidigare av insatsens %s och organisationens %s",
        (slutdatum, organisationens, vantat) => {
            expect(
                slutdag({
                    ...(slutdatum === undefined ? {} : { slutdatum }),
                    organisation:
                        organisationens === undefined
                            ? {}
                            : { slutdatum: organisationens },
                }),
            ).toBe(vantat);
        },
    );
});
