import { nextTick, onScopeDispose, watch } from "vue";
import { useRouter } from "vue-router";

/**
 * Gives a list its focus, and shows its beginning: who turned a page, or came for the list, goes on there.
 * A change of page first takes the window to the top, within the same frame.
 */
export async function tillListan(
    ram: HTMLElement | null | undefined,
): Promise<void> {
    await nextTick();
    requestAnimationFrame(() => {
        ram?.focus({ preventScroll: true });
        ram?.scrollIntoView({ block: "start" });
    });
}

/**
 * For the links between a list's pages: who pressed one is taken to the list when the page has come.
 * Back and Forward are the browser's, and end where one was.
 */
export function useBladdring(
    sidan: () => unknown,
    ram: () => HTMLElement | null,
): (h: MouseEvent) => void {
    let tryckt = false;
    let bladdrar = false;
    // A press that leads nowhere is forgotten: the next change of the list is not its.
    onScopeDispose(
        useRouter().afterEach((_till, _fran, fel) => {
            bladdrar = tryckt && !fel;
            tryckt = false;
        }),
    );
    watch(
        sidan,
        () => {
            if (bladdrar) {
                bladdrar = false;
                void tillListan(ram());
            }
        },
        { flush: "post" },
    );
    return (h) => {
        // With these a tab of its own is opened, and this one stays.
        tryckt = !(h.ctrlKey || h.metaKey || h.shiftKey || h.altKey);
    };
}
