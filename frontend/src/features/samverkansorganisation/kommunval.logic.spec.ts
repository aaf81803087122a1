import { describe, expect, it } from "vitest";
import { kommunerFor, valdaKommuner } from "./kommunval.logic";

const kommuner = [
    ["1780", "Karlstad", "17"],
    ["1080", "Karlskrona", "10"],
    ["1880", "Örebro", "18"],
    ["0880", "Kalmar", "08"],
    ["1783", "Hagfors", "17"],
    ["0114", "Upplands Väsby", "01"],
].map(([kod = "", namn = "", lan = ""]) => ({ kod, namn, lan, lanNamn: lan }));

const namnen = (lan: string, namn: string): string[] =>
    kommunerFor(kommuner, lan, namn).map((k) => k.namn);

describe("valet av kommuner", () => {
    it.each([
        ["", "Karl*", ["Karlskrona", "Karlstad"]],
        ["", "karl", ["Karlskrona", "Karlstad"]],
        ["17", "", ["Hagfors", "Karlstad"]],
        ["17", "Karl*", ["Karlstad"]],
        ["", "*bro", ["Örebro"]],
        [
            "",
            "*a*",
            ["Hagfors", "Kalmar", "Karlskrona", "Karlstad", "Upplands Väsby"],
        ],
        ["", "ö", ["Örebro"]],
        ["", "K.l", []],
        ["", "(", []],
        ["", " ", []],
    ])("län «%s» och namn «%s»", (lan, namn, vantat) => {
        expect(namnen(lan, namn)).toEqual(vantat);
    });
    it("visar de valda efter namn", () => {
        expect(
            valdaKommuner(kommuner, ["1880", "0880", "9999"]).map(
                (k) => k.namn,
            ),
        ).toEqual(["Kalmar", "Örebro"]);
    });
});
