import { describe, expect, it } from "vitest";
import {
    aterkallade,
    granskaAterkallelse,
    tillAterkallelse,
} from "./aterkallelse.logic";

describe("återkallelsen i en avslutad insats", () => {
    it.each(["FK 2026/012345", "2026/1", "FK-2026/000123-2", " FK2026/12 "])(
        "tar ärendet «%s»",
        (arende) => {
            expect(
                granskaAterkallelse({ personnummer: "770117-2392", arende }),
            ).toEqual([]);
        },
    );
    it.each([
        ["", "obligatoriskt"],
        ["  ", "obligatoriskt"],
        ["Ärende", "fel-form"],
        ["12 (a)", "fel-form"],
        ["1", "fel-form"],
        ["Namn 850709", "fel-form"],
        ["Namn 2026/123", "fel-form"],
        ["FK 2026/123 Namn", "fel-form"],
        ["1985/0709", "fel-form"],
        ["12, 13", "fel-form"],
        ["om 197701172392", "innehaller-personnummer"],
        ["om 770117-2392", "innehaller-personnummer"],
    ])("nekar ärendet «%s»: %s", (arende, regel) => {
        expect(
            granskaAterkallelse({ personnummer: "770117-2392", arende }),
        ).toEqual([expect.objectContaining({ pekare: "/arende", regel })]);
    });
    it("kräver ett riktigt nummer", () => {
        for (const personnummer of ["", "770117-2393"]) {
            expect(
                granskaAterkallelse({ personnummer, arende: "2026/1" }),
            ).toHaveLength(1);
        }
    });
    it("skickas som servern tar det", () => {
        expect(
            tillAterkallelse({
                personnummer: "770117-2392",
                arende: " FK  2026/1 ",
            }),
        ).toEqual({ personnummer: "197701172392", arende: "FK 2026/1" });
    });
    it.each([
        [0, "Inget samtycke fanns att återkalla"],
        [1, "1 samtycke är återkallat"],
        [3, "3 samtycken är återkallade"],
    ])("säger antalet %i: %s", (antal, ord) => {
        expect(aterkallade(antal)).toBe(ord);
    });
});
