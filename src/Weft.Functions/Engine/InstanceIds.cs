using System.Security.Cryptography;
using System.Text;
using Weft.Language;

namespace Weft.Functions.Engine;

/// <summary>What an instance id may be on Durable Functions, whose clients refuse more than the embedded engine does.</summary>
internal static class InstanceIds
{
    private const int Longest = 100;

    /// <summary>Refuses an id that the extension would refuse, or take for an entity's.</summary>
    /// <exception cref="WeftException"><c>invalid_instance_id</c>.</exception>
    public static string Require(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > Longest || id[0] == '@'
            || !id.All(c => c is >= ' ' and <= '~' and not ('/' or '\\' or '#' or '?')))
        {
            throw new WeftException(
                "invalid_instance_id",
                Fault.Malformed,
                $"The instance id has {id?.Length ?? 0} characters, or one that won't do. An id has 1 to {Longest} printable ASCII "
                + $"characters, "
                + "none of / \\ # ?, and does not start with @");
        }

        return id;
    }

    /// <summary>The id of a further attempt of a child: the id of a failed one is taken.</summary>
    public static string OfAttempt(string id, int attempt)
    {
        var whole = attempt == 1 ? id : $"{id}~{attempt}";
        if (whole.Length <= Longest)
        {
            return whole;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..20];
        return $"{whole[..(Longest - 21)]}-{hash}";
    }
}
