// Takes back the changes of a piece of work: objects, lists and sets are again as they were.

/** Objects get their own properties back, not changes deeper inside; lists and sets may only have grown. */
export function rewindTo(kept: {
  objects: readonly object[];
  lists: readonly unknown[][];
  sets: readonly Set<unknown>[];
}): () => void {
  const objects = kept.objects.map((object) => ({ object, was: { ...object } }));
  const lists = kept.lists.map((list) => ({ list, length: list.length }));
  const sets = kept.sets.map((set) => ({ set, size: set.size }));
  return () => {
    for (const { object, was } of objects) Object.assign(object, was);
    for (const { list, length } of lists) list.length = length;
    // A set keeps the order things were added in.
    for (const { set, size } of sets) for (const added of [...set].slice(size)) set.delete(added);
  };
}
