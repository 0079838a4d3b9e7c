using System.Text;
using Weft.Api.Problems;

namespace Weft.Api.Queues;

/// <summary>A lock as a part of an address.</summary>
internal static class LockText
{
    public static string Of(string held) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(held)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string Read(string text)
    {
        try
        {
            var base64 = text.Replace('-', '+').Replace('_', '/');
            var held = Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
            if (held.Length is > 20 and <= 200 && held.Take(19).All(char.IsAsciiDigit) && held[19] == '|')
            {
                return held;
            }
        }
        catch (FormatException)
        {
            // Answered below.
        }

        throw ApiException.BadParameter("lock", "is not a lock that 'receive' gave.");
    }
}
