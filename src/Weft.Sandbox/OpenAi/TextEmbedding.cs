using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.OpenAi;

/// <summary>Hashed bags of words: texts that share words are near each other, and the same text is always at the same place.</summary>
internal static class TextEmbedding
{
    public const int DefaultDimensions = 1536;

    /// <summary>A vector of length 1.</summary>
    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        var words = Words.Of(text).Where(word => !Words.IsFiller(word)).Select(Words.Stem).ToList();
        foreach (var word in words.Count > 0 ? words : [text])
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
            return new JsonArray([.. vector.Select(value => (JsonNode)JsonValue.Create(value))]);
        }

        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return JsonValue.Create(Convert.ToBase64String(bytes));
    }

    private static void Add(float[] vector, string word, string salt)
    {
        var hash = Digest.Number(salt + word);
        vector[(int)(hash % (ulong)vector.Length)] += (hash >> 63) == 0 ? 1 : -1;
    }
}
