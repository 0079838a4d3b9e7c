using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Functions.CloudTests.Vault;

/// <summary>The secrets of a vault and what it answers about them, by its REST API 7.x: names are compared without case.</summary>
internal sealed partial class VaultSecrets(Uri vault)
{
    private const int PageSize = 2;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _live = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, JsonObject> _deleted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the names that can be read, in order.</summary>
    public IReadOnlyList<string> Live => Names(_live);

    /// <summary>Gets the names that soft delete keeps, in order.</summary>
    public IReadOnlyList<string> Deleted => Names(_deleted);

    public VaultAnswer Answer(VaultRequest asked)
    {
        var parts = asked.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 1 && !NameRule().IsMatch(parts[1]))
        {
            return VaultAnswer.Error(400, "BadParameter", "The request URI contains an invalid name.");
        }

        lock (_gate)
        {
            return (asked.Method, parts) switch
            {
                ("GET", ["secrets"]) => List(asked.After),
                ("GET", ["secrets", var name, ..]) => Find(_live, name),
                ("PUT", ["secrets", var name]) => Put(name, JsonNode.Parse(asked.Body)!.AsObject()),
                ("DELETE", ["secrets", var name]) => Move(_live, _deleted, name),
                ("GET", ["deletedsecrets", var name]) => Find(_deleted, name),
                ("POST", ["deletedsecrets", var name, "recover"]) => Move(_deleted, _live, name),
                _ => VaultAnswer.Error(405, "NotSupported"),
            };
        }
    }

    private VaultAnswer Put(string name, JsonObject secret)
    {
        if (_deleted.ContainsKey(name))
        {
            return VaultAnswer.Error(409, "Conflict", $"Secret {name} is currently in a deleted but recoverable state.");
        }

        _live[name] = new JsonObject
        {
            ["value"] = secret["value"]!.DeepClone(),
            ["id"] = $"{vault}secrets/{name}/{Guid.NewGuid():N}",
            ["attributes"] = new JsonObject { ["enabled"] = true, ["recoveryLevel"] = "Recoverable+Purgeable" },
            ["tags"] = secret["tags"]?.DeepClone(),
        };
        return Found(_live[name]);
    }

    private VaultAnswer List(string after)
    {
        var page = _live.Where(s => string.Compare(s.Key, after, StringComparison.OrdinalIgnoreCase) > 0).Take(PageSize).ToList();
        var items = page.Select(s =>
        {
            var item = s.Value.DeepClone().AsObject();
            item.Remove("value");
            return (JsonNode)item;
        });
        var more = page.Count == PageSize && page[^1].Key != _live.Last().Key;
        return new VaultAnswer(200, new JsonObject
        {
            ["value"] = new JsonArray([.. items]),
            ["nextLink"] = more ? $"{vault}secrets?api-version=7.6&$skiptoken={page[^1].Key}" : null,
        });
    }

    private static VaultAnswer Move(
        SortedDictionary<string, JsonObject> from, SortedDictionary<string, JsonObject> to, string name)
    {
        var answer = Find(from, name);
        if (from.Remove(name, out var secret))
        {
            to[name] = secret;
        }

        return answer;
    }

    private static VaultAnswer Find(SortedDictionary<string, JsonObject> secrets, string name) => secrets.TryGetValue(name, out var secret)
        ? Found(secret)
        : VaultAnswer.Error(404, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault.");

    private static VaultAnswer Found(JsonObject secret) => new(200, secret.DeepClone().AsObject());

    private List<string> Names(SortedDictionary<string, JsonObject> secrets)
    {
        lock (_gate)
        {
            return [.. secrets.Keys];
        }
    }

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$")]
    private static partial Regex NameRule();
}
