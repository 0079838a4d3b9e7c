using System.Text.Json.Nodes;

namespace Weft.Language.Expressions.Values;

/// <summary>The names that an expression sees, in layers: a name is looked for in the newest layer first.</summary>
/// <remarks>
/// Names are case-sensitive. <c>env</c> is no name: the engine answers it with <see cref="SecretPlaceholders"/>. Values are
/// read, never changed and never attached to another tree. A scope is not safe for writing from two threads.
/// </remarks>
public sealed class ExpressionScope
{
    private readonly ExpressionScope? _below;
    private readonly Dictionary<string, Entry> _names = new(StringComparer.Ordinal);

    /// <param name="services">Clock, ids, schemas and tools; null for none.</param>
    public ExpressionScope(ExpressionServices? services = null) => Services = services ?? ExpressionServices.None;

    private ExpressionScope(ExpressionScope below, ExpressionServices services)
    {
        _below = below;
        Services = services;
    }

    /// <summary>Gets what expressions may ask for.</summary>
    public ExpressionServices Services { get; }

    /// <summary>Gets every name, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            for (var layer = this; layer is not null; layer = layer._below)
            {
                names.UnionWith(layer._names.Keys);
            }

            return [.. names];
        }
    }

    /// <summary>A scope of the members of an object.</summary>
    public static ExpressionScope Of(JsonObject members, ExpressionServices? services = null) =>
        new ExpressionScope(services).SetAll(members);

    /// <summary>A new layer above this one; names set in it hide those below, and nothing below changes.</summary>
    public ExpressionScope Layer(ExpressionServices? services = null) => new(this, services ?? Services);

    /// <summary>Gives a name its value, null included.</summary>
    /// <returns>This scope.</returns>
    public ExpressionScope Set(string name, JsonNode? value) => Add(name, new Entry { Node = value });

    /// <summary>Gives a name a value that is made when it is first read, once.</summary>
    /// <returns>This scope.</returns>
    public ExpressionScope SetLazy(string name, Func<JsonNode?> value) => Add(name, new Entry { Make = value });

    /// <summary>Gives each member of an object as a name of its own.</summary>
    /// <returns>This scope.</returns>
    public ExpressionScope SetAll(JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            if (name != "env")
            {
                Set(name, value);
            }
        }

        return this;
    }

    /// <summary>Finds the value of a name.</summary>
    public bool TryGet(string name, out JsonNode? value)
    {
        for (var layer = this; layer is not null; layer = layer._below)
        {
            if (layer._names.TryGetValue(name, out var entry))
            {
                value = entry.Read();
                return true;
            }
        }

        value = null;
        return false;
    }

    private ExpressionScope Add(string name, Entry entry)
    {
        if (name == "env")
        {
            throw new ArgumentException("'env' is answered by the engine itself, so that no secret gets into a scope.", nameof(name));
        }

        _names[name] = entry;
        return this;
    }

    private sealed class Entry
    {
        public JsonNode? Node { get; set; }

        public Func<JsonNode?>? Make { get; set; }

        public JsonNode? Read()
        {
            if (Make is { } make)
            {
                Node = make();
                Make = null;
            }

            return Node;
        }
    }
}
