using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.OpenAi;

/// <summary>Hashed bags of words: texts that share words are near each other, and the same text is always at the same place.</summary>
internal static class TextEmbedding
{
    public const int DefaultDimensions = 1536;

    /// <summary>How long a word must be to say what a text is about, and how much of it counts: "returning" is "return".</summary>
    private const int ShortestWord = 4;
    private const int StemLength = 5;

    /// <summary>A vector of length 1.</summary>
    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in Words(text))
        {
            // Two places a word: a collision in one of them leaves the other.
            Add(vector, word, "a");
            Add(vector, word, "b");
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        for (var i = 0; i < vector.Length && length > 0; i++)
        {
            vector[i] /= length;
        }

        return vector;
    }

    public static JsonNode ToJson(float[] vector, bool base64)
    {
        if (!base64)
        {
            return new JsonArray([.. vector.Select(value => (JsonNode)value)]);
        }

        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    private static List<string> Words(string text)
    {
        var words = new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ')
            .Where(word => word.Length >= ShortestWord).Select(word => word[..Math.Min(StemLength, word.Length)]).ToList();
        return words.Count > 0 ? words : [text];
    }

    private static void Add(float[] vector, string word, string salt)
    {
        var hash = Digest.Number(salt + word);
        vector[(int)(hash % (ulong)vector.Length)] += (hash >> 63) == 0 ? 1 : -1;
    }
}
