import { describe, expect, it } from "vitest";
import {
    engangskod,
    granskaForstaSteget,
    granskaKod,
    tolvSiffror,
} from "./inloggning.logic";

describe("personnummer", () => {
    it.each([
        "197701172392",
        "19770117-2392",
        "770117-2392",
        "7701172392",
        " 770117-2392 ",
    ])("läses ur «%s»", (text) => {
        expect(tolvSiffror(text)).toBe("197701172392");
    });
    it("kan vara ett samordningsnummer", () => {
        expect(tolvSiffror("197010632391")).toBe("197010632391");
    });
    it.each(["770117-2393", "77011", "abc", "771317-2392"])(
        "läses inte ur «%s»",
        (text) => {
            expect(tolvSiffror(text)).toBeUndefined();
        },
    );
});

describe("första steget", () => {
    it("kräver båda", () => {
        expect(
            granskaForstaSteget({ personnummer: "", huvudlosenord: "" }).map(
                (f) => f.pekare,
            ),
        ).toEqual(["/personnummer", "/huvudlosenord"]);
        expect(
            granskaForstaSteget({
                personnummer: "197701172392",
                huvudlosenord: "x",
            }),
        ).toEqual([]);
    });
});

describe("koden", () => {
    it("är sex siffror, med eller utan mellanrum", () => {
        expect(granskaKod("123 456")).toEqual([]);
        expect(engangskod(" 123 456 ")).toBe("123456");
        expect(granskaKod("12345")).toHaveLength(1);
        expect(granskaKod("12345a")).toHaveLength(1);
    });
});
