import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import { granska, tillTrad } from "@/shared/formular/tabell";
import {
    forval,
    oppnaVidSlut,
    kopiaAv,
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

describe("en kopia", () => {
    const forlaga = {
        ...insats,
        slutdatum: "2025-12-31",
        inmatningsorganisation: "2120003005",
        kontaktperson: { namn: "Kim Kansli" },
    };
    it("har vad insatsen är, inte när den pågick", () => {
        expect(kopiaAv(forlaga, [{ id: "o1" }, { id: "o2" }])).toEqual({
            ...insatssvarAv(forlaga),
            startdatum: "",
            slutdatum: "",
            version: 0,
        });
    });
    it("av en annan organisations insats lämnar dess medlem och kontaktperson kvar där", () => {
        const svar = kopiaAv(forlaga, [{ id: "o2" }]);
        expect(svar.organisationId).toBe("o2");
        expect(svar.inmatningsorganisation).toBe("");
        expect(svar.kontaktperson.namn).toBe("");
        expect(svar.preciseradInriktning).toBe("REHABILITERING");
        expect(
            kopiaAv(forlaga, [{ id: "o2" }, { id: "o3" }]).organisationId,
        ).toBe("");
    });
});

describe("när insatsen handlar om något annat", () => {
    const star = insats;
    const falten = (svar: Partial<ReturnType<typeof insatssvarAv>>) =>
        tillTrad(
            insatstabell,
            { ...insatssvarAv(insats), gallerFran: "2026-12-01", ...svar },
            { ...sammanhang, star },
        ).gallerFran;
    it("frågas det från vilken månad, annars inte", () => {
        expect(falten({})).toBeUndefined();
        expect(falten({ namn: "Nytt" })).toBeUndefined();
        expect(falten({ malgrupper: [] })).toBe("2026-12-01");
        expect(falten({ preciseradInriktning: "KARTLAGGNING" })).toBe(
            "2026-12-01",
        );
        expect(
            falten({
                inriktning: "STRUKTUROVERGRIPANDE",
                preciseradInriktning: "KONFERENS",
            }),
        ).toBeUndefined();
    });
    it("är det den första i månaden", () => {
        expect(
            granska(
                insatstabell,
                {
                    ...insatssvarAv(insats),
                    malgrupper: [],
                    gallerFran: "2026-12-02",
                },
                { ...sammanhang, star },
            ).map((f) => `${f.pekare} ${f.regel}`),
        ).toEqual(["/gallerFran manadens-forsta"]);
    });
});

describe("den som avslutar en insats", () => {
    it("får veta hur många som pågår", () => {
        expect(oppnaVidSlut(1, "2026-06-30")).toMatchObject([
            {
                pekare: "/slutdatum",
                text: "1 deltagande pågår i insatsen och ska registreras ut senast 2026-06-30.",
            },
        ]);
        expect(oppnaVidSlut(0, "2026-06-30")).toEqual([]);
        expect(oppnaVidSlut(2, undefined)).toEqual([]);
    });
});
