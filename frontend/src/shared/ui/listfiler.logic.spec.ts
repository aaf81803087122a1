import { describe, expect, it } from "vitest";
import { listadress, utanSidor } from "./listfiler.logic";

describe("a list as a file", () => {
    const fraga = {
        namn: "Väg*",
        sort: "-namn",
        limit: 20,
        offset: 40,
        mina: true,
        pagaende: false,
        lan: undefined,
    };

    it("has what the list is narrowed to, and none of its pages", () => {
        expect(utanSidor(fraga)).toEqual({
            namn: "Väg*",
            sort: "-namn",
            mina: "true",
            pagaende: "false",
        });
    });

    it("has an address that can be kept", () => {
        expect(listadress("/insatser", fraga, "xlsx")).toBe(
            "/v1/insatser?namn=V%C3%A4g*&sort=-namn&mina=true&pagaende=false&format=xlsx",
        );
    });
});
