using System.Text;
using Weft.Language;

namespace Weft.Embedded.Replay;

/// <summary>What an id or a name may be.</summary>
internal static class Names
{
    private const int MaxInstanceId = 100;
    private const int MaxName = 200;

    /// <exception cref="WeftException"><c>invalid_instance_id</c>.</exception>
    public static string InstanceId(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxInstanceId)
        {
            throw Invalid($"has {id?.Length ?? 0} characters");
        }

        foreach (var unit in id)
        {
            if (char.IsControl(unit) || unit is '/' or '\\' or '#' or '?')
            {
                throw Invalid(char.IsControl(unit) ? $"'{id.Clip(121)}' holds a control character" : $"'{id.Clip(121)}' holds '{unit}'");
            }
        }

        return IsText(id) ? id : throw Invalid($"'{id.Clip(121)}' holds half of a surrogate pair");

        static WeftException Invalid(string fault) => new(
            "invalid_instance_id",
            Fault.Malformed,
            $"The instance id {fault}. An id has 1 to {MaxInstanceId} characters, no control characters, and none of / \\ # ?");
    }

    /// <summary>Checks the name of an orchestration, an activity, an event or a tag.</summary>
    /// <exception cref="WeftException"><c>invalid_name</c>.</exception>
    public static string Name(string? name, string what) =>
        !string.IsNullOrEmpty(name) && name.Length <= MaxName && IsText(name)
            ? name
            : throw new WeftException(
                "invalid_name", Fault.Malformed,
                $"The name '{(name ?? "").Clip(121)}' of the {what} won't do: a name has 1 to {MaxName} characters of well-formed text.");

    /// <summary>An id made from another and an ending; the other is cut and hashed where the whole gets too long.</summary>
    public static string Derived(string id, string ending)
    {
        if (id.Length + ending.Length <= MaxInstanceId)
        {
            return id + ending;
        }

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 10));
        var kept = char.IsHighSurrogate(id[59]) ? 59 : 60;
        return $"{id.AsSpan(0, kept)}~{hash}{ending}";
    }

    /// <summary>Says whether a text is well-formed UTF-16.</summary>
    public static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }
}
