import { describe, expect, it } from "vitest";
import { allaSidor } from "./allaSidor";

interface Rad {
    id: number;
}

/** A server whose list grows at its beginning, as many rows as asked for between two pages. */
function lista(antal: number, nya = 0, raknar = true) {
    let rader: Rad[] = Array.from({ length: antal }, (_, id) => ({ id }));
    const anrop: number[] = [];
    return {
        anrop,
        hamta: ({ limit, offset }: { limit: number; offset: number }) => {
            anrop.push(offset);
            const data = rader.slice(offset, offset + limit);
            const _meta = {
                limit,
                offset,
                count: data.length,
                ...(raknar ? { totalRecords: rader.length } : {}),
            };
            rader = [
                ...Array.from({ length: nya }, (_, n) => ({
                    id: 1000 * anrop.length + n,
                })),
                ...rader,
            ];
            return Promise.resolve({ data, _meta });
        },
    };
}

const id = (rad: Rad): number => rad.id;

describe("en lista som hämtas hel", () => {
    it.each([
        [0, [0]],
        [100, [0]],
        [101, [0, 100]],
        [250, [0, 100, 200]],
    ])("av %i rader har dem alla, i sin ordning", async (antal, anrop) => {
        const l = lista(antal);
        const rader = await allaSidor(l.hamta, id);
        expect(rader.map(id)).toEqual([...Array(antal).keys()]);
        expect(l.anrop).toEqual(anrop);
    });
    it("har varje rad en gång, också när listan växer under tiden", async () => {
        const rader = await allaSidor(lista(150, 3).hamta, id);
        expect(rader.map(id)).toEqual([...Array(150).keys()]);
    });
    it("är hel också när servern inte säger hur många de är", async () => {
        const rader = await allaSidor(lista(150, 0, false).hamta, id);
        expect(rader).toHaveLength(150);
    });
});
