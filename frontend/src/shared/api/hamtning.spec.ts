import { describe, expect, it, vi } from "vitest";
import { ref } from "vue";
import { samlat } from "./hamtning";

const fraga = (data?: string, error: Error | null = null) => ({
    data: ref(data),
    error: ref(error),
    refetch: vi.fn(),
});

describe("flera frågor som en", () => {
    it("är klara när alla är besvarade", () => {
        const [a, b] = [fraga("a"), fraga()];
        const h = samlat(a, b);
        expect([h.klart.value, h.fel.value]).toEqual([false, undefined]);
        b.data.value = "b";
        expect(h.klart.value).toBe(true);
    });
    it("har gått fel när en av dem har det, och bara den ställs om", () => {
        const fel = new Error("borta");
        const [a, b] = [fraga("a"), fraga(undefined, fel)];
        const h = samlat(a, b);
        expect(h.fel.value).toBe(fel);
        h.igen();
        expect([a.refetch, b.refetch].map((f) => f.mock.calls.length)).toEqual([
            0, 1,
        ]);
    });
    it("är klara också när en ny fråga efter det som finns har gått fel", () => {
        const h = samlat(fraga("a", new Error("borta")));
        expect([h.klart.value, h.fel.value]).toEqual([true, undefined]);
    });
});
