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

    /// <summary>How much of an id is sure to stand at the start of its children's: the rest may be cut for a hash.</summary>
    public const int KeptByChildren = Longest - 21;

    /// <summary>The id of a child that was given none: it starts with its parent's, as those do that were.</summary>
    public static string OfChild(string parentId, Guid child) => Fit($"{parentId}:{child:N}");

    /// <summary>The id of a further attempt of a child: the id of a failed one is taken.</summary>
    public static string OfAttempt(string id, int attempt) => Fit(attempt == 1 ? id : $"{id}~{attempt}");

    /// <summary>Whether the instance was started by another one. The ids of executions have no colon.</summary>
    public static bool IsChild(string id) => id.Contains(':', StringComparison.Ordinal);

    /// <summary>The execution that an instance belongs to: itself, where it is none's child.</summary>
    public static string RootOf(string id) => id.Split(':', 2)[0];

    private static string Fit(string whole)
    {
        if (whole.Length <= Longest)
        {
            return whole;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..20];
        return $"{whole[..KeptByChildren]}-{hash}";
    }
}
