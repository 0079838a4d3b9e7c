using System.Security.Cryptography;
using System.Text;

namespace Weft.Workflows.Execution;

/// <summary>The instance ids of what an execution starts.</summary>
internal static class InstanceIds
{
    private const int Longest = 100;

    /// <summary>
    /// <c>{execution}:{key}</c>; where that is longer than 100 characters or has signs that no id may have, its end is a hash of the whole.
    /// </summary>
    public static string Of(string executionId, string key)
    {
        var whole = $"{executionId}:{key}";
        var plain = string.Concat(whole.Select(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c) || c > 126 ? '.' : c));
        // A slash between the parts of a key is ours; anything else that was replaced could make two ids one.
        var isSafe =
            plain.Length <= Longest && !key.Contains('.') && key.All(c => c is '/' or (> ' ' and <= '~' and not ('\\' or '#' or '?')));
        if (isSafe)
        {
            return plain;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..20];
        return $"{(plain.Length > Longest - 21 ? plain[..(Longest - 21)] : plain)}-{hash}";
    }
}
