import { describe, expect, it } from "vitest";
import type { Problem } from "@/shared/api/typer";
import {
    type Rapport,
    avrunda,
    budgetar,
    diagramdata,
    diagramhojd,
    filadress,
    fragaAv,
    korningstid,
    rapportbesked,
    slutrader,
    startrader,
    urvalAv,
    urvalsfelI,
} from "./rapport.logic";

type Slutrad = Rapport["slut"]["rader"][number];

/** The seed's report: Uppsala län, 2010. */
const start: Rapport["start"] = {
    antal: 126,
    unika: 125,
    noter: [],
    rader: (
        [
            ["Annan offentlig försörjning", 0],
            ["Studiestöd/Studiemedel", 2],
            ["Försörjningsstöd", 78],
            ["Aktivitetsstöd", 10],
            ["A-kassa", 3],
            ["SA", 16],
            ["Sjukpenning/Rehabpenning", 17],
            ["Ingen offentlig försörjning", 11],
        ] as const
    ).map(([etikett, antal]) => ({
        kod: etikett,
        etikett,
        antal,
        namnare: 126,
    })),
};
const slut: Rapport["slut"] = {
    antal: 19,
    unika: 19,
    utanMatning: 0,
    matta: 19,
    noter: [],
    noterMatta: [],
    rader: (
        [
            ["Annan offentlig försörjning", 0, 1, 0],
            ["Studiestöd/Studiemedel", 1, 2, 1],
            ["Försörjningsstöd", 11, 7, 7],
            ["Aktivitetsstöd", 5, 4, 4],
            ["A-kassa", 1, 0, 0],
            ["SA", 0, 1, 0],
            ["Sjukpenning/Rehabpenning", 5, 5, 5],
            ["Ingen offentlig försörjning", 0, 3, 0],
        ] as const
    ).map(([etikett, fore, efter, kvar]) => ({
        kod: etikett,
        etikett,
        antalFore: fore,
        antalEfter: efter,
        namnare: 19,
        forandring: efter - fore,
        forandringProcent: fore === 0 ? null : ((efter - fore) * 100) / fore,
        antalForeMatta: fore,
        namnareMatta: 19,
        lamnat: fore - kvar,
        tillkommit: efter - kvar,
        kvar,
        forandringMatta: efter - fore,
        forandringProcentMatta:
            fore === 0 ? null : ((efter - fore) * 100) / fore,
    })),
};

describe("tabellerna", () => {
    it("trycks vid start som i förlagan, siffra för siffra", () => {
        expect(startrader(start).map((r) => [r.etikett, ...r.celler])).toEqual([
            ["Studiestöd/Studiemedel", "2", "2%"],
            ["Försörjningsstöd", "78", "62%"],
            ["Aktivitetsstöd", "10", "8%"],
            ["A-kassa", "3", "2%"],
            ["SA", "16", "13%"],
            ["Sjukpenning/Rehabpenning", "17", "13%"],
            ["Ingen offentlig försörjning", "11", "9%"],
        ]);
    });
    it("trycks vid avslut som i förlagan, med tomt för noll", () => {
        expect(slutrader(slut).map((r) => [r.etikett, ...r.celler])).toEqual([
            ["Annan offentlig försörjning", "", "", "1", "5%", "1", ""],
            ["Studiestöd/Studiemedel", "1", "5%", "2", "11%", "1", "100%"],
            ["Försörjningsstöd", "11", "58%", "7", "37%", "-4", "-36%"],
            ["Aktivitetsstöd", "5", "26%", "4", "21%", "-1", "-20%"],
            ["A-kassa", "1", "5%", "", "", "-1", "-100%"],
            ["SA", "", "", "1", "5%", "1", ""],
            ["Sjukpenning/Rehabpenning", "5", "26%", "5", "26%", "", ""],
            ["Ingen offentlig försörjning", "", "", "3", "16%", "3", ""],
        ]);
    });
    it("visar dem som mätts, med vad som lämnats, tillkommit och är kvar", () => {
        const rad = {
            kod: "SA",
            etikett: "SA",
            antalFore: 10,
            antalEfter: 3,
            namnare: 20,
            forandring: -7,
            forandringProcent: -70,
            antalForeMatta: 4,
            namnareMatta: 8,
            lamnat: 2,
            tillkommit: 1,
            kvar: 2,
            forandringMatta: -1,
            forandringProcentMatta: -25,
        };
        const ingenMatt = {
            ...rad,
            kod: "X",
            antalEfter: 0,
            antalForeMatta: 0,
            lamnat: 0,
            tillkommit: 0,
            kvar: 0,
        };
        const del = { ...slut, rader: [rad, ingenMatt] };
        expect(slutrader(del, true).map((r) => [r.kod, ...r.celler])).toEqual([
            ["SA", "4", "50%", "3", "38%", "-1", "-25%", "2", "1", "2"],
        ]);
        expect(diagramdata(del, true)).toEqual({
            etiketter: ["SA"],
            fore: [4],
            efter: [3],
        });
        expect(slutrader(del).map((r) => [r.kod, ...r.celler])).toEqual([
            ["SA", "10", "50%", "3", "15%", "-7", "-70%"],
            ["X", "10", "50%", "", "", "-7", "-70%"],
        ]);
    });
    it("skriver tusental med mellanrum, också det som minskat", () => {
        const rad = {
            ...slut.rader[0],
            kod: "SA",
            etikett: "SA",
            antalFore: 12345,
            antalEfter: 2345,
            namnare: 24867,
            forandring: -10000,
            forandringProcent: -81,
        };
        expect(
            slutrader({ ...slut, rader: [rad as Slutrad] })[0]?.celler,
        ).toEqual([
            "12\u00a0345",
            "50%",
            "2\u00a0345",
            "9%",
            "-10\u00a0000",
            "-81%",
        ]);
    });
    it("utelämnar rader med bara nollor", () => {
        const tom = {
            ...slut.rader[0],
            kod: "X",
            etikett: "X",
            antalFore: 0,
            antalEfter: 0,
            namnare: 19,
            forandring: 0,
        };
        expect(
            slutrader({
                ...slut,
                rader: [{ ...tom, forandringProcent: null } as Slutrad],
            }),
        ).toEqual([]);
    });
    it("avrundar halva bort från noll", () => {
        expect([0.5, 1.5, 2.5, -0.5, -2.5, 2.4].map(avrunda)).toEqual([
            1, 2, 3, -1, -3, 2,
        ]);
    });
});

describe("diagrammet", () => {
    it("har tabellens rader och ordning", () => {
        const d = diagramdata(slut);
        expect(d.etiketter).toEqual(slutrader(slut).map((r) => r.etikett));
        expect(d.fore).toEqual([0, 1, 11, 5, 1, 0, 5, 0]);
        expect(d.efter).toEqual([1, 2, 7, 4, 0, 1, 5, 3]);
    });
});

describe("urvalet i adressen", () => {
    const uuid = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";
    it("går fram och tillbaka", () => {
        const fraga = {
            samverkansform: "FINSAM",
            budgetar: "2010",
            lan: "03",
            kon: "KVINNA",
            insatsId: uuid,
        };
        expect(fragaAv(urvalAv(fraga, 2026))).toEqual(fraga);
    });
    it("får ett förval för det som saknas, och släpper det som inte kan menas, men byter inte år", () => {
        const skrap = {
            samverkansform: "X",
            budgetar: "1850",
            lan: "xx",
            kon: "?",
            organisationId: "1",
            annat: "a",
        };
        expect(urvalAv(skrap, 2026)).toEqual({
            samverkansform: "FINSAM",
            budgetar: "1850",
        });
        expect(urvalAv({ budgetar: "i fjol" }, 2026).budgetar).toBe("i fjol");
        expect(urvalAv({}, 2025)).toEqual({
            samverkansform: "FINSAM",
            budgetar: "2025",
        });
    });
    it("följer med till filen", () => {
        expect(filadress(urvalAv({ lan: "03" }, 2010), "excel-sv")).toBe(
            "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010&lan=03&format=excel-sv",
        );
    });
});

describe("tiden", () => {
    it("skrivs som i förlagan, i svensk tid", () => {
        expect(korningstid("2011-03-16T14:42:45Z")).toBe(
            "2011-03-16 kl. 15.42.45",
        );
        expect(korningstid("2011-07-16T22:02:05Z")).toBe(
            "2011-07-17 kl. 00.02.05",
        );
    });
    it("ger budgetår att välja bland, också det valda", () => {
        expect(budgetar("2006-03-01", "2005")).toEqual([
            "2006",
            "2005",
            "2004",
        ]);
        expect(budgetar("2006-03-01", "2002")).toEqual([
            "2006",
            "2005",
            "2004",
            "2002",
        ]);
    });
});

describe("beskedet om att rapporten har kommit", () => {
    const rapport: Rapport = {
        korningstid: "2011-03-16T14:42:45Z",
        titel: "Deltagarrapport försörjning",
        urval: { samverkansform: "FINSAM", budgetar: 2010 },
        huvud: [],
        tackning: { rader: [], noter: [] },
        fotnoter: [],
        start,
        slut,
    };
    it("säger vilket år det är, och hur många", () => {
        expect(rapportbesked(rapport)).toBe(
            "Rapporten för 2010 visas: 126 startade, 19 avslutade.",
        );
    });
    it("säger att den är tom", () => {
        expect(
            rapportbesked({
                ...rapport,
                start: { ...start, antal: 0 },
                slut: { ...slut, antal: 0 },
            }),
        ).toBe(
            "Rapporten för 2010 är tom: ingen har startat eller slutat med det här urvalet.",
        );
    });
});

describe("det som är fel i ett urval", () => {
    const urval = { samverkansform: "FINSAM", budgetar: "2010" } as const;
    const id = "019373a0-0000-7aaa-8bbb-000000000000";
    const problem = (status: number, pekare?: string): Problem => ({
        type: "about:blank",
        title: "",
        status,
        detail: "",
        instance: "",
        regel: "saknas",
        fel:
            pekare === undefined
                ? []
                : [{ pekare, regel: "r", meddelande: "m" }],
    });
    it.each([
        [422, "lan", urval, ["/lan m"]],
        [
            404,
            undefined,
            { ...urval, organisationId: id },
            ["/organisationId Samverkansorganisationen finns inte."],
        ],
        [
            404,
            undefined,
            { ...urval, insatsId: id },
            ["/insatsId Insatsen finns inte."],
        ],
        [
            404,
            undefined,
            { ...urval, organisationId: id, insatsId: id },
            [
                "/organisationId Samverkansorganisationen eller insatsen finns inte.",
            ],
        ],
        [503, undefined, urval, []],
    ])("sägs vid fältet: %i %s", (status, pekare, u, vantat) => {
        expect(
            urvalsfelI(problem(status, pekare), u).map(
                (f) => `${f.pekare} ${f.meddelande}`,
            ),
        ).toEqual(vantat);
    });
});

it.each([
    [1, "26rem"],
    [7, "26rem"],
    [14, "46rem"],
])("ett diagram med %i kategorier har rum för dem alla: %s", (antal, hojd) => {
    expect(diagramhojd(antal)).toBe(hojd);
});
