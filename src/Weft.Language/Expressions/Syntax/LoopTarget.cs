using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>The names that a loop gives its items: one, or several that take a list apart.</summary>
internal sealed class LoopTarget(int[] slots, int offset)
{
    public void Assign(RenderContext context, Value item)
    {
        if (slots.Length == 1)
        {
            context.Locals[slots[0]] = item;
            return;
        }

        if (!item.IsList || item.Count != slots.Length)
        {
            throw context.Fault(
                TemplateErrorCodes.Type,
                $"The loop takes {slots.Length} values of each item, but an item is "
                + $"{item.KindName}{(item.IsList ? $" of {item.Count}" : "")}. Use .items() to loop over an object's names and values.",
                offset);
        }

        for (var i = 0; i < slots.Length; i++)
        {
            context.Locals[slots[i]] = item.ItemAt(i);
        }
    }

    public void Clear(RenderContext context)
    {
        foreach (var slot in slots)
        {
            context.Locals[slot] = default;
        }
    }
}
