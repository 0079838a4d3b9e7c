using System.Reflection;
using System.Text.Json;

namespace Weft.Sandbox.Json;

/// <summary>The documents that lie in the assembly.</summary>
internal static class Embedded
{
    private static readonly Assembly Home = typeof(Embedded).Assembly;

    public static T Read<T>(string name)
    {
        using var stream = Home.GetManifestResourceStream(name);
        var read = stream is null ? default : JsonSerializer.Deserialize<T>(stream, SandboxJson.Options);
        return read ?? throw new InvalidOperationException($"There is no document '{name}', or it is null.");
    }

    /// <summary>A document that is an object, by the names of its members; <c>a|b</c> are two names of one.</summary>
    public static Dictionary<string, T> ReadByName<T>(string name) => Read<Dictionary<string, T>>(name)
        .SelectMany(member => member.Key.Split('|').Select(one => KeyValuePair.Create(one, member.Value))).ToDictionary();

    /// <summary>The names below a prefix, in order.</summary>
    public static IEnumerable<string> Names(string prefix) =>
        Home.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
