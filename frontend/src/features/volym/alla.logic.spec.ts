import { describe, expect, it } from "vitest";
import { insats, organisationsbudget } from "@/shared/prov/varlden";
import {
    andradeRader,
    granskaRader,
    radetiketter,
    tillVolym,
    volymrader,
} from "./alla.logic";

const [enskild] = organisationsbudget().insatser;

function budget(version: number, man = 31) {
    return organisationsbudget({
        insatser: [
            ...organisationsbudget().insatser,
            {
                insatsId: "raknar",
                namn: "Konferensen",
                deltagarregistrering: "ENDAST_ANTAL",
                insatskostnader: { budget: "10.25", utfall: "0.10" },
                esfInsatskostnader: { budget: "0.75", utfall: "0.20" },
                budgetversion: 1,
                volym: {
                    antalKvinnor: 40,
                    antalMan: man,
                    uppgiftSaknas: 0,
                    version,
                },
            },
        ],
    });
}

describe("tabellen över alla insatser", () => {
    it("har varje insats, och volym där bara antal räknas", () => {
        const [a, b] = volymrader(budget(1), []);
        expect(a).toMatchObject({
            namn: insats.namn,
            raknar: false,
            planerat: enskild?.planeratAntal,
        });
        expect(b).toMatchObject({
            raknar: true,
            antalMan: "31",
            uppgiftSaknas: "0",
            budget: "11.00",
            utfall: "0.30",
        });
        expect(volymrader(budget(0), [])[1]).toMatchObject({
            antalMan: "",
            version: 0,
        });
    });
    it("sänder de rader som säger något annat än det sparade", () => {
        const rader = volymrader(budget(1), []);
        expect(andradeRader(rader)).toEqual([]);
        const b = rader[1];
        if (b) {
            b.antalMan = "32 ";
            b.uppgiftSaknas = "";
        }
        expect(andradeRader(rader).map(tillVolym)).toEqual([
            { antalKvinnor: 40, antalMan: 32, uppgiftSaknas: 0 },
        ]);
    });
    it("behåller det skrivna när det sparade läses om", () => {
        const rader = volymrader(budget(1), []);
        const b = rader[1];
        if (b) {
            b.antalMan = "32";
        }
        expect(volymrader(budget(2, 99), rader)[1]).toMatchObject({
            antalMan: "32",
            version: 2,
            fran: { antalMan: 99 },
        });
        expect(
            volymrader(budget(2, 99), volymrader(budget(1), []))[1],
        ).toMatchObject({
            antalMan: "99",
        });
    });
    it("säger vad som är fel där det står", () => {
        const rader = volymrader(budget(1), []);
        const b = rader[1];
        if (b) {
            b.antalMan = "många";
            b.antalKvinnor = "1000001";
        }
        expect(
            granskaRader(rader, rader).map((f) => [
                f.pekare,
                radetiketter(rader)[f.pekare],
            ]),
        ).toEqual([
            ["/1/antalKvinnor", "Konferensen, kvinnor"],
            ["/1/antalMan", "Konferensen, män"],
        ]);
    });
});
