using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>All schemas that one validation can reach: the given one, the named ones, and the meta-schema.</summary>
/// <remarks>A document is searched for its <c>$id</c>s and anchors when the first reference asks for one; most never are.</remarks>
internal sealed class SchemaResources(JsonNode? schema, Func<string, JsonObject?>? named)
{
    /// <summary>The levels of schemas within schemas that are followed.</summary>
    public const int DeepestNesting = 200;

    private readonly Dictionary<string, SchemaResource> _byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<(SchemaResource, string), SchemaTarget?> _targets = [];
    private readonly Dictionary<(string, string), SchemaResource> _named = [];
    private readonly Queue<SchemaResource> _unsearched = [];

    /// <summary>The resource that the given schema is.</summary>
    public SchemaResource Given => field ??= Add(schema, null);

    /// <summary>The resource that a part with an <c>$id</c> is; the one around it when the <c>$id</c> is none.</summary>
    public SchemaResource Within(SchemaResource around, JsonObject part) =>
        !ReferenceEquals(part, around.Schema) && SchemaKeywords.IdOf(part) is { } id && Known(Absolute(around.Uri, id)) is { } found
            ? found : around;

    /// <summary>Follows a reference.</summary>
    /// <param name="reference">A name or URI, a fragment, or both.</param>
    /// <param name="from">The resource in which it stands.</param>
    /// <returns>Null when it leads nowhere.</returns>
    public SchemaTarget? Find(string reference, SchemaResource from)
    {
        if (!_targets.TryGetValue((from, reference), out var target))
        {
            var hash = reference.IndexOf('#', StringComparison.Ordinal);
            var name = hash < 0 ? reference : reference[..hash];
            var resource = name.Length == 0 ? from : Load(name, from);
            target = resource is null ? null : Inside(resource, hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]));
            _targets[(from, reference)] = target;
        }

        return target;
    }

    /// <summary>Whether the schema's own meta-schema has the keywords of validation; one that nobody knows has.</summary>
    public bool HasValidation() =>
        schema is not JsonObject rules || SchemaKeywords.Text(rules, "$schema") is not { } uri
        || uri.StartsWith(MetaSchema.Family, StringComparison.Ordinal)
        || named?.Invoke(uri)?["$vocabulary"] is not JsonObject vocabularies || vocabularies.ContainsKey(MetaSchema.Validation);

    /// <summary>Makes the anchors of all resources known.</summary>
    public void Search()
    {
        _ = Given;
        while (_unsearched.TryDequeue(out var resource))
        {
            Search(resource.Schema, resource, 0);
        }
    }

    private SchemaResource? Load(string name, SchemaResource from)
    {
        var uri = Absolute(from.Uri, name);
        if (_named.TryGetValue((name, uri), out var loaded))
        {
            return loaded;
        }

        if (named?.Invoke(name) is { } byName)
        {
            return _named[(name, uri)] = Add(byName, uri);
        }

        if (Known(uri) is { } known)
        {
            return known;
        }

        if (uri.StartsWith(MetaSchema.Family, StringComparison.Ordinal))
        {
            Add(MetaSchema.Read(), null);
            return Known(uri);
        }

        return uri != name && named?.Invoke(uri) is { } byUri ? Add(byUri, uri) : null;
    }

    private SchemaResource? Known(string uri)
    {
        Search();
        return _byUri.GetValueOrDefault(uri);
    }

    private SchemaResource Add(JsonNode? document, string? retrieved)
    {
        var own = document is JsonObject root && SchemaKeywords.IdOf(root) is { } id ? Absolute(retrieved, id) : retrieved;
        var resource = new SchemaResource(own, document);
        _unsearched.Enqueue(resource);
        foreach (var uri in new[] { retrieved, resource.Uri }.OfType<string>())
        {
            _byUri.TryAdd(uri, resource);
        }

        return resource;
    }

    private SchemaTarget? Inside(SchemaResource resource, string fragment)
    {
        if (fragment.Length == 0)
        {
            return resource.Schema is { } whole ? new SchemaTarget(whole, resource, null) : null;
        }

        if (fragment[0] != '/')
        {
            Search();
            return resource.Anchors.TryGetValue(fragment, out var anchored)
                ? new SchemaTarget(anchored, resource, resource.DynamicAnchors.ContainsKey(fragment) ? fragment : null) : null;
        }

        var node = resource.Schema;
        foreach (var part in fragment[1..].Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject members when members.TryGetPropertyValue(name, out var member) => member,
                JsonArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < items.Count => items[index],
                _ => null,
            };
            resource = node is JsonObject inner ? Within(resource, inner) : resource;
        }

        return node is null ? null : new SchemaTarget(node, resource, null);
    }

    private void Search(JsonNode? node, SchemaResource resource, int depth)
    {
        if (node is not JsonObject rules || depth > DeepestNesting)
        {
            return;
        }

        if (!ReferenceEquals(rules, resource.Schema) && SchemaKeywords.IdOf(rules) is { } id)
        {
            var uri = Absolute(resource.Uri, id);
            resource = new SchemaResource(uri, rules);
            _byUri.TryAdd(uri, resource);
        }

        if (SchemaKeywords.Text(rules, "$anchor") is { } anchor)
        {
            resource.Anchors.TryAdd(anchor, rules);
        }

        if (SchemaKeywords.Text(rules, "$dynamicAnchor") is { } dynamic)
        {
            resource.Anchors.TryAdd(dynamic, rules);
            resource.DynamicAnchors.TryAdd(dynamic, rules);
        }

        foreach (var part in SchemaKeywords.Parts(rules))
        {
            Search(part, resource, depth + 1);
        }
    }

    private static string Absolute(string? from, string name) =>
        Uri.TryCreate(from, UriKind.Absolute, out var root) && Uri.TryCreate(root, name, out var uri) ? uri.AbsoluteUri : name;
}
